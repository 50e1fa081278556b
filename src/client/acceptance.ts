/** How often in a row an agent that knew the certificate has to hang up on it before that counts as a refusal. */
const REFUSALS_TO_BELIEVE = 5;

/**
 * Whether the agent takes our certificate. In TLS 1.3 a refusal looks like a connection that is cut right after the
 * handshake, so one hang-up of an agent that has accepted us before proves nothing.
 */
export class Acceptance {
  #refusals = REFUSALS_TO_BELIEVE;

  accepted(): void {
    this.#refusals = 0;
  }

  /** Whether to believe that the certificate is refused now. */
  refused(): boolean {
    this.#refusals++;
    return this.#refusals >= REFUSALS_TO_BELIEVE;
  }
}
