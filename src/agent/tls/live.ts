import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { invalidInput, JobError } from "../../job/errors.ts";
import { nameOf } from "../../rpc/pem.ts";
import type { FileProblem } from "../files.ts";
import type { AgentLog } from "../log.ts";
import { digestOf, type TlsMaterial, warningsOf } from "./material.ts";
import { openOrThrow, readTexts, type TlsSource } from "./source.ts";

/** Time between two looks at files and clock, in milliseconds: the net below the watch, and what ends by itself. */
const POLL_MS = 10_000;
/** A certificate and its key are never replaced in one step: time for the other one, in milliseconds. */
const SETTLE_MS = 200;

export interface LiveTlsOptions {
  readonly source: TlsSource;
  readonly initial: TlsMaterial;
  readonly log: AgentLog;
  /** Called with new material, which is valid. */
  readonly onChange: (material: TlsMaterial) => void;
  /** Called from time to time: certificates also end by themselves. */
  readonly onTick: () => void;
}

/** Certificates, key and revocation list as they are in the files, or were when those were last of use. */
export class LiveTls implements Disposable {
  readonly #options: LiveTlsOptions;
  readonly #watchers: FSWatcher[] = [];
  readonly #poll: NodeJS.Timeout;
  #current: TlsMaterial;
  #settling: NodeJS.Timeout | undefined;
  /** What is wrong with the files as they are now. */
  #complaint: string | undefined;
  /** Digest of those files, so that they are not opened again and again. */
  #refused: string | undefined;
  #warned = new Set<string>();

  constructor(options: LiveTlsOptions) {
    this.#options = options;
    this.#current = options.initial;
    this.#watchFiles();
    this.#poll = setInterval(() => void this.#tick(), POLL_MS);
    this.#warn();
  }

  get current(): TlsMaterial {
    return this.#current;
  }

  /** What whoever runs the agent should see to: what ends soon, files that are of no use. */
  get warnings(): string[] {
    return [...warningsOf(this.#current, new Date()), this.#complaint ?? []].flat();
  }

  /** Reads the files again, and uses what they hold unless something is wrong with it. Never throws. */
  async reload(): Promise<void> {
    this.#refused = undefined;
    await this.#tick();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#poll);
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers) watcher.close();
  }

  async #tick(): Promise<void> {
    await this.#look();
    this.#warn();
    this.#options.onTick();
  }

  async #look(): Promise<void> {
    const { source, log, onChange } = this.#options;
    const problems: FileProblem[] = [];
    const texts = readTexts(source, problems);
    const digest = digestOf(texts);
    if (digest === this.#refused) return;
    this.#refused = undefined;
    const before = this.#complaint;
    this.#complaint = undefined;
    if (digest === this.#current.digest) return;
    try {
      if (problems.length > 0) throw invalidInput(problems.map(({ message }) => message));
      const next = await openOrThrow(texts, source);
      if (this.#current.revocation.isConfigured && !next.revocation.isConfigured) {
        throw new JobError("INVALID_INPUT", `the revocation list ${source.crl} is gone`);
      }
      this.#current = next;
      onChange(next);
      const { certificate } = next;
      log.info(
        `new certificate files are in use; ${nameOf(certificate)} is valid until ${certificate.validToDate.toISOString()}`,
      );
      this.#warn();
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      this.#refused = digest;
      this.#complaint = `the certificate files are of no use, so those from before go on: ${why}`;
      if (this.#complaint !== before) log.error(this.#complaint);
    }
  }

  /** Their directories, as files are replaced by renaming. Where nothing can be watched, the poll remains. */
  #watchFiles(): void {
    const { ca, cert, key, crl } = this.#options.source;
    const files = [ca, cert, key, crl].filter((file) => file !== undefined);
    for (const directory of new Set(files.map((file) => dirname(file)))) {
      try {
        const watcher = watch(directory, () => this.#settle());
        watcher.on("error", () => watcher.close());
        this.#watchers.push(watcher);
      } catch {
        // The account has no inotify instance left.
      }
    }
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#look(), SETTLE_MS);
  }

  /** Logs what is new; the days that are left are part of a warning, so it comes once a day. */
  #warn(): void {
    const warnings = new Set(warningsOf(this.#current, new Date()));
    for (const warning of warnings.difference(this.#warned)) this.#options.log.warn(warning);
    this.#warned = warnings;
  }
}
