/** One boot each, in this order, with the same disk. */
export const STAGES = ["limits", "power-loss", "after-power-loss"] as const;
export type Stage = (typeof STAGES)[number];
