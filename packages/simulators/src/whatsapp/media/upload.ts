import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { ALLOWED_MIME_TYPES, disagreement, kindOf, oversize } from "./formats.ts";
import { keepMedia } from "./store.ts";

const uploadSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  file: z.instanceof(File),
  type: z.string().optional(),
});

/**
 * `POST /{PNID}/media`: keeps a file for 30 days. Its format is the one that its own part of the form declares, and
 * the bytes must be of that format; the form's `type` is not looked at, as at Meta. Refused as code 100 when the
 * format is not carried, as 131053 when the file is too large for its kind.
 */
export async function uploadMedia(sim: Sim, call: Call, number: BusinessNumber): Promise<Refusal | object> {
  const request = parseParam(uploadSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { file } = request;
  const bytes = Buffer.from(await file.arrayBuffer());
  const mimeType = file.type === "" ? "application/octet-stream" : file.type;
  const kind = kindOf(mimeType);
  const received = kind === undefined ? mimeType : await disagreement(mimeType, bytes);
  if (kind === undefined || received !== undefined) return refuseFormat(received ?? mimeType);
  const reason = oversize(kind, bytes);
  if (reason !== undefined) return refuseCloud(131053, reason);
  const media = keepMedia(sim, number.id, "upload", { bytes, mimeType });
  sim.ledger.record("media_uploaded", {
    phone_number_id: number.id,
    media_id: media.id,
    mime_type: mimeType,
    file_size: bytes.length,
  });
  return { id: media.id };
}

function refuseFormat(received: string): Refusal {
  const types = ALLOWED_MIME_TYPES.join(", ");
  return refuseParameter(
    `Param file must be a file with one of the following types: ${types}. Received file of type '${received}'.`,
  );
}
