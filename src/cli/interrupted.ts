/** The user pressed Ctrl-C; `remark` says what goes on all the same. Exit code 130. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly remark: string | undefined;

  constructor(remark?: string) {
    super("interrupted");
    this.remark = remark;
  }
}
