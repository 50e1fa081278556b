/** Whether a stream ends at a terminal that obeys control sequences: one that does not is called `dumb`. */
export function obeysControlSequences(stream: { readonly isTTY?: boolean }, env = process.env): boolean {
  return Boolean(stream.isTTY) && env["TERM"] !== "dumb";
}
