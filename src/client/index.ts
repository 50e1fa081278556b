export type { AgentInfo, Client } from "./client.ts";
