/** One boot each, in this order, with the same disk; the last one with the disk of a whole system. */
export const STAGES = ["limits", "power-loss", "after-power-loss", "systemd"] as const;
export type Stage = (typeof STAGES)[number];
