import bash from "./lpr.bash" with { type: "text" };
import fish from "./lpr.fish" with { type: "text" };
import zsh from "./lpr.zsh" with { type: "text" };

/**
 * What each shell reads. None of them knows a command of ours: they ask the binary at each Tab, so that a script which
 * somebody has saved goes with every release to come.
 */
export const SCRIPTS: Readonly<Record<string, string>> = { bash, zsh, fish };
