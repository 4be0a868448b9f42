import { z } from "zod";
import type { Call, CallResult } from "./call.ts";
import type { FileToUpload } from "./media-file.ts";

type Session = { readonly call: Call; readonly accessToken: string };

const started = z.object({
  id: z
    .string()
    .regex(/^upload:/)
    .max(4096),
});
const progress = z.union([
  z.object({ h: z.string().min(1).max(8192) }).transform(({ h }) => ({ handle: h, offset: null })),
  z.object({ file_offset: z.coerce.number().int().nonnegative() }).transform(({ file_offset }) => ({
    handle: null,
    offset: file_offset,
  })),
]);
type Progress = z.infer<typeof progress>;

/** How often the rest of a file is sent after the connection broke. */
const resumptions = 3;

/**
 * Sends a file in a session of its own (Meta, "Resumable Upload API"): announced, sent, and after a broken connection
 * sent on from the byte that Meta has. Gives the handle that stands for the file.
 */
export async function uploadSample(session: Session, appId: string, file: FileToUpload): Promise<CallResult<string>> {
  const query = { file_name: file.fileName, file_length: String(file.size), file_type: file.mimeType };
  const start = await session.call(
    { method: "POST", path: [appId, "uploads"], query },
    (json) => started.safeParse(json).data?.id ?? null,
  );
  if (!start.ok) return start;
  let sent = await sendFrom(session, start.value, file, 0);
  for (let resumed = 0; resumed < resumptions; resumed += 1) {
    if (sent.ok && sent.value.handle !== null) return { ok: true, value: sent.value.handle };
    if (!sent.ok && sent.error !== null) return sent;
    const known = sent.ok ? sent : await reached(session, start.value);
    if (!known.ok) return known;
    sent = await sendFrom(session, start.value, file, known.value.offset ?? 0);
  }
  if (!sent.ok) return sent;
  return sent.value.handle === null
    ? { ok: false, error: null, reason: "unreadable_answer" }
    : { ok: true, value: sent.value.handle };
}

function sendFrom(session: Session, id: string, file: FileToUpload, offset: number): Promise<CallResult<Progress>> {
  const headers = { ...oauth(session), file_offset: String(offset), "content-type": "application/octet-stream" };
  const rest = { size: file.size - offset, bytes: file.read(offset) };
  return session.call({ method: "POST", ...place(id), headers, file: rest }, readProgress);
}

/** Asks how many bytes have arrived. */
function reached(session: Session, id: string): Promise<CallResult<Progress>> {
  return session.call({ method: "GET", ...place(id), headers: oauth(session) }, readProgress);
}

/** This API alone calls the token's scheme OAuth. */
function oauth({ accessToken }: Session) {
  return { authorization: `OAuth ${accessToken}` };
}

/** The id of a session carries its signature behind a question mark. */
function place(id: string) {
  const [path = "", search = ""] = id.split("?");
  return { path: [path], query: Object.fromEntries(new URLSearchParams(search)) };
}

function readProgress(json: unknown): Progress | null {
  return progress.safeParse(json).data ?? null;
}
