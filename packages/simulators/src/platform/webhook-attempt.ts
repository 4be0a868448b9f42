/** One try to deliver a webhook: when on the simulator's clock, and the status that came back or why none did. */
export type Attempt = { at: string; status: number | null; error?: string; ms: number };

/** What is posted, and how long the receiver may take to answer, in ms. */
export type WebhookPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
};

/** Posts a webhook once. Any failure is an answer, too: status null and the reason. */
export async function postWebhook(
  { url, headers, body, timeoutMs }: WebhookPost,
  at: string,
  stop: AbortSignal,
): Promise<Attempt> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.arrayBuffer();
    return { at, status: answer.status, ms: ms() };
  } catch (error) {
    return { at, status: null, error: reasonOf(error), ms: ms() };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
