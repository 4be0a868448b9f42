/** The server answered, but neither with what was asked for nor with a refusal that the caller knows. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  readonly status: number;

  constructor(status: number, asked: string) {
    super(`The server answered ${status} when asked for ${asked}`);
    this.status = status;
  }
}
