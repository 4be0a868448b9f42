import type { ChatPort } from "@aparte/chat/port.ts";

type Link = Awaited<ReturnType<ChatPort["fileUrl"]>>;
type Asked = { readonly ok: true; readonly url: string; readonly expiresAt: string } | Extract<Link, { ok: false }>;

/** A link is asked for anew this long before it ends, in milliseconds, so that it is still good when it is followed. */
const renewBefore = 30_000;

/** Addresses of files, each asked for once while it lasts. What was refused or not reached is asked again. */
export function createFileLinks(
  ask: (input: { readonly fileId: string; readonly download: boolean }) => Promise<Asked>,
  now: () => number = Date.now,
): ChatPort["fileUrl"] {
  const known = new Map<string, { readonly link: Promise<Asked>; goodUntil: number }>();
  return async (fileId, use) => {
    const key = `${use} ${fileId}`;
    const held = known.get(key);
    if (held && held.goodUntil > now()) return held.link;
    const link = ask({ fileId, download: use === "download" });
    // Until the answer tells, questions at the same moment share it.
    const entry = { link, goodUntil: Number.POSITIVE_INFINITY };
    known.set(key, entry);
    const forget = (): boolean => known.get(key) === entry && known.delete(key);
    try {
      const answer = await link;
      if (answer.ok) entry.goodUntil = Date.parse(answer.expiresAt) - renewBefore;
      else forget();
      return answer;
    } catch (error) {
      forget();
      throw error;
    }
  };
}
