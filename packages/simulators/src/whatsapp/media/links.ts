import type { Fetched, MediaFile } from "./model.ts";
import type { Failure } from "../error-catalogue.ts";
import type { Sim } from "../sim.ts";
import { MEDIA_KINDS, bareType, disagreement, oversize } from "./formats.ts";
import type { MediaKind } from "./formats.ts";

/** How long a fetched file serves further messages with exactly the same link (Meta: 10 minutes). */
const CACHE_MS = 10 * 60_000;
/** How long a server has to answer, in real time. */
const PATIENCE_MS = 10_000;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const MOST_BYTES = Math.max(...Object.values(MEDIA_KINDS).map(({ mostBytes }) => mostBytes));

/**
 * Fetches the file behind a link, or takes it from memory. Over https, or http on this machine; redirects are not
 * followed. A failure is 131053 for what the server answered, 131052 when no answer came.
 */
export function fetchLink(sim: Sim, link: string): Promise<MediaFile | Failure> {
  const { links } = sim.state;
  const now = sim.clock.now();
  const known = links.get(link);
  if (known !== undefined && now - known.at < CACHE_MS) return known.file;
  const entry = { at: now, file: download(link) };
  links.set(link, entry);
  void forgetFailure(links, link, entry);
  return entry.file;
}

/** Only what was fetched is remembered: a server that failed is asked again. */
async function forgetFailure(links: Map<string, Fetched>, link: string, entry: Fetched): Promise<void> {
  const outcome = await entry.file;
  if ("code" in outcome && links.get(link) === entry) links.delete(link);
}

/** Why a file cannot stand for a kind of media: its format, its bytes, its size (131053); undefined when it can. */
export async function misfit(kind: MediaKind, { bytes, mimeType }: MediaFile): Promise<Failure | undefined> {
  const { mimeTypes } = MEDIA_KINDS[kind];
  const bare = bareType(mimeType);
  if (!mimeTypes.includes(bare)) {
    return failed(`Unsupported ${kind} mime type ${bare}. Please use one of ${mimeTypes.join(", ")}`);
  }
  const seen = await disagreement(bare, bytes);
  if (seen !== undefined) return failed(`The file is of type ${seen}, but was declared as ${bare}`);
  const reason = oversize(kind, bytes);
  return reason === undefined ? undefined : failed(reason);
}

async function download(link: string): Promise<MediaFile | Failure> {
  const { protocol, hostname } = new URL(link);
  if (protocol !== "https:" && !LOOPBACK.has(hostname)) return failed("The weblink of the media must use https");
  let answer: Response;
  try {
    answer = await fetch(link, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return { code: 131052, details: "Downloading media from weblink failed: the server could not be reached" };
  }
  if (answer.status !== 200) {
    await answer.body?.cancel();
    const { status, statusText } = answer;
    return failed(`Downloading media from weblink failed with http code ${status}, status message ${statusText}`);
  }
  const bytes = await readBody(answer);
  if (bytes === "broken")
    return { code: 131052, details: "Downloading media from weblink failed: the answer broke off" };
  if (bytes === "too large") return failed(`The media behind the weblink has more than ${MOST_BYTES} bytes`);
  return { bytes, mimeType: answer.headers.get("content-type") ?? "application/octet-stream" };
}

async function readBody(answer: Response): Promise<Buffer | "broken" | "too large"> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      length += chunk.length;
      if (length > MOST_BYTES) return "too large";
      chunks.push(chunk);
    }
  } catch {
    return "broken";
  }
  return Buffer.concat(chunks);
}

function failed(details: string): Failure {
  return { code: 131053, details };
}
