/** What hears of every call, in the order of what happens to it. */
export interface CallObserver {
  begin(rpc: string): ObservedCall;
}

export interface ObservedCall {
  /** A message of a stream is on its way. */
  sent(message: unknown): void;
  /** @param code as gRPC names statuses, `OK` for one */
  ended(code: string): void;
}
