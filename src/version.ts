import pkg from "../package.json" with { type: "json" };

/** Put in by the build; not there when the sources are run as they are. */
declare const LPR_COMMIT: string | undefined;

/** Version of this program, the one of package.json. */
export const VERSION: string = pkg.version;

/** The commit it was built from, with `-dirty` behind it where files differed from that. */
export const COMMIT: string = typeof LPR_COMMIT === "undefined" ? "not built" : LPR_COMMIT;
