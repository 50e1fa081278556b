import { existsSync } from "node:fs";
import { join } from "node:path";

/** The binary that is measured. `npm run bench` builds it first. */
export const LPR: string = join(import.meta.dir, "../../dist/lpr");

if (!existsSync(LPR)) throw new Error(`${LPR} is not there: npm run build`);
