import type { UploadSession } from "./model.ts";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { App, State } from "../state.ts";
import { disagreement } from "./formats.ts";

/** Formats that a resumable upload takes (Meta: Resumable Upload API). */
const FILE_TYPES = ["application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"] as const;
const MOST_BYTES = 100 * 1024 * 1024;
/** Sessions kept at a time; the oldest go first. */
const MOST_SESSIONS = 100;

/** The end of a handle, written into it; Meta does not say that it is looked at. */
const HANDLE_LIFE_S = 30 * 86_400;

const startSchema = z.looseObject({
  file_name: z.string().min(1).optional(),
  file_length: z.coerce.number<string | number>().int().positive().max(MOST_BYTES),
  file_type: z.enum(FILE_TYPES),
});

/** `POST /{APP_ID}/uploads`: announces a file by its length and format. */
export function startUpload(sim: Sim, call: Call, app: App): Refusal | object {
  const request = parseParam(startSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const name = Buffer.from(`1:attachment:${randomBytes(12).toString("hex")}`).toString("base64url");
  const session: UploadSession = {
    id: `upload:${name}?sig=AR${randomBytes(12).toString("base64url")}`,
    appId: app.id,
    fileName: request.file_name,
    mimeType: request.file_type.replace("image/jpg", "image/jpeg"),
    length: request.file_length,
    chunks: [],
    offset: 0,
    handle: undefined,
  };
  const { uploads } = sim.state;
  uploads.set(session.id, session);
  const [oldest] = uploads.keys();
  if (uploads.size > MOST_SESSIONS && oldest !== undefined) uploads.delete(oldest);
  return { id: session.id };
}

/** The session that a path names, its signature standing in the query or, escaped, in the path itself. */
export function uploadSessionOf(state: State, id: string, signature: unknown): UploadSession | undefined {
  return (
    state.uploads.get(id) ?? (typeof signature === "string" ? state.uploads.get(`${id}?sig=${signature}`) : undefined)
  );
}

/**
 * `POST /upload:…`: takes bytes from `file_offset` on. What came before a cut is kept, so that the sender can ask how
 * far it got and go on from there. The handle is given when the last byte has come.
 */
export async function receiveUpload(sim: Sim, call: Call, session: UploadSession): Promise<Refusal | object> {
  if (call.upload === undefined) return refuseParameter("The request has no bytes.");
  const { bytes, fileOffset } = call.upload;
  if (fileOffset === undefined) return refuseParameter("The header file_offset is required.");
  if (Number(fileOffset) !== session.offset) {
    return refuseParameter(`Request starting offset is invalid: ${session.offset} bytes have been received.`);
  }
  for await (const chunk of bytes) {
    if (session.offset + chunk.length > session.length) return refuseParameter("The file is longer than file_length.");
    session.chunks.push(chunk);
    session.offset += chunk.length;
  }
  if (session.offset < session.length) return { id: session.id, file_offset: session.offset };
  const file = Buffer.concat(session.chunks);
  const seen = await disagreement(session.mimeType, file);
  if (seen !== undefined) return refuseParameter(`The file is of type ${seen}, not of type ${session.mimeType}.`);
  session.handle ??= newHandle(session, sim.clock.seconds() + HANDLE_LIFE_S);
  return { h: session.handle };
}

function newHandle({ mimeType, fileName, appId }: UploadSession, endsAt: number): string {
  const parts = [fileName ?? "file", mimeType].map((part) => Buffer.from(part).toString("base64"));
  return `4::${parts[1]}:${parts[0]}:e:${endsAt}:${appId}:AR${randomBytes(18).toString("base64url")}`;
}

/** A file that was uploaded under a handle. */
export type HandledFile = { bytes: Uint8Array; mimeType: string; fileName: string | undefined };

/**
 * The file of a handle, for whatever takes one: `example.header_handle[]` of a template, `profile_picture_handle`.
 * Undefined for a handle that was never given out, or to another app.
 */
export function fileOfHandle(state: State, appId: string, handle: string): HandledFile | undefined {
  for (const session of state.uploads.values()) {
    if (session.handle !== handle || session.appId !== appId) continue;
    return { bytes: Buffer.concat(session.chunks), mimeType: session.mimeType, fileName: session.fileName };
  }
  return undefined;
}
