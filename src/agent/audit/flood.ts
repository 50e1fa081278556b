import type { AuditNote } from "../../job/types.ts";

/** Refusals of one kind that are written in full within a window. */
const PER_KIND = 5;
/** Refusals of all kinds together that are. */
const PER_WINDOW = 20;
/** Kinds whose rest is told of each by itself at the end of a window. */
const KINDS_TOLD = 10;

interface Kind {
  /** The first one left out. */
  readonly note: AuditNote;
  left: number;
}

/**
 * What to write of refusals, which anybody can cause at any rate: the first ones in full, of the rest how many, by
 * kind. A kind is who from which host was refused what, and how. At most 31 entries come of one window.
 */
export class Flood {
  readonly #written = new Map<string, number>();
  readonly #left = new Map<string, Kind>();
  #total = 0;
  #others = 0;

  /** Whether it is to be written in full; otherwise it has been counted. */
  admit(note: AuditNote): boolean {
    const key = JSON.stringify([note.action, note.outcome, note.tenant, hostOf(note.address)]);
    const before = this.#written.get(key) ?? 0;
    if (before < PER_KIND && this.#total < PER_WINDOW) {
      this.#written.set(key, before + 1);
      this.#total++;
      return true;
    }
    const kind = this.#left.get(key);
    if (kind) kind.left++;
    // Bounded, as an attacker may come from any number of addresses.
    else if (this.#left.size < KINDS_TOLD) this.#left.set(key, { note, left: 1 });
    else this.#others++;
    return false;
  }

  /** Ends the window: what was left out, and the next one begins. */
  close(): AuditNote[] {
    const time = new Date();
    const summaries = [...this.#left.values()].map(({ note, left }) => ({
      ...{ ...note, time, address: hostOf(note.address), jobName: "", jobId: "" },
      detail: `and ${left.toLocaleString("en")} more like it within a minute`,
    }));
    const others = this.#others.toLocaleString("en");
    const rest: AuditNote = {
      ...{
        time,
        tenant: "",
        role: "",
        fingerprint: "",
        address: "",
        action: "others",
        jobName: "",
        jobId: "",
      },
      ...{ outcome: "REFUSED", detail: `and ${others} more of other kinds within a minute` },
    };
    const notes = this.#others > 0 ? [...summaries, rest] : summaries;
    this.#written.clear();
    this.#left.clear();
    this.#total = 0;
    this.#others = 0;
    return notes;
  }
}

function hostOf(address: string): string {
  return address.replace(/:\d+$/, "");
}
