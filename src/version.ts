import pkg from "../package.json" with { type: "json" };

/** Version of this program, the one of package.json. */
export const VERSION: string = pkg.version;
