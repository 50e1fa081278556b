/** A platform that releases are built for. */
export interface Target {
  /** As `uname` and install.sh put it: system and machine. */
  readonly name: string;
  readonly bun: Bun.Build.CompileTarget;
  /** The npm package that holds its Bun. */
  readonly runtime: string;
  /** Agents run on Linux only; on others lpr is a client. */
  readonly runsAgents: boolean;
}

/** glibc for Linux: Bun's build for musl is not static either, and needs more. */
export const TARGETS: readonly Target[] = [
  { name: "linux-x64", bun: "bun-linux-x64", runtime: "@oven/bun-linux-x64", runsAgents: true },
  { name: "linux-arm64", bun: "bun-linux-arm64", runtime: "@oven/bun-linux-aarch64", runsAgents: true },
  { name: "darwin-x64", bun: "bun-darwin-x64", runtime: "@oven/bun-darwin-x64", runsAgents: false },
  { name: "darwin-arm64", bun: "bun-darwin-arm64", runtime: "@oven/bun-darwin-aarch64", runsAgents: false },
];
