/** The live stream of one conversation, as the bytes come. */
export type Stream = {
  /** All that was told so far. */
  text(): string;
  close(): void;
};

type Place = { readonly contactId: string; readonly channelId: string; readonly cursor: string };

/** Opens the stream over plain HTTP with this person's token. */
export async function openStream(origin: string, token: string, place: Place): Promise<Stream> {
  const stop = new AbortController();
  const url = `${origin}/trpc/messaging.live?input=${encodeURIComponent(JSON.stringify(place))}`;
  const headers = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
  const answer = await fetch(url, { headers, signal: stop.signal });
  const decoder = new TextDecoder();
  let text = "";
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  })();
  reading.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return { text: () => text, close: () => stop.abort() };
}
