import { receiveUpload } from "../media/handles.ts";
import type { MediaObject, UploadSession } from "../media/model.ts";
import { downloadUrl } from "../media/store.ts";
import { uploadMedia } from "../media/upload.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { refuseObject } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import type { Call, Route } from "./route.ts";

/** How a business number uploads. */
export const numberMediaRoutes: readonly Route<BusinessNumber>[] = [
  { method: "POST", edge: "media", needs: "whatsapp_business_messaging", handle: uploadMedia },
];

/** What can be asked of a file, uploaded or received. */
export const mediaRoutes: readonly Route<MediaObject>[] = [
  { method: "GET", edge: "", needs: "whatsapp_business_messaging", handle: describeMedia },
  { method: "DELETE", edge: "", needs: "whatsapp_business_messaging", handle: deleteMedia },
];

/** What can be asked of a resumable upload. */
export const uploadRoutes: readonly Route<UploadSession>[] = [
  { method: "GET", edge: "", needs: "token", handle: (_sim, _call, { id, offset }) => ({ id, file_offset: offset }) },
  { method: "POST", edge: "", needs: "token", handle: receiveUpload },
];

/** `GET /{MEDIA_ID}`: the digest in hex here, although webhooks write it in base64; the link lives 5 minutes. */
function describeMedia(sim: Sim, call: Call, media: MediaObject): Refusal | object {
  return (
    checkOwner(call, media) ?? {
      messaging_product: "whatsapp",
      url: downloadUrl(sim, media),
      mime_type: media.mimeType,
      sha256: media.sha256.toString("hex"),
      file_size: media.bytes.length,
      id: media.id,
    }
  );
}

function deleteMedia(sim: Sim, call: Call, media: MediaObject): Refusal | object {
  const refused = checkOwner(call, media);
  if (refused !== undefined) return refused;
  sim.state.media.delete(media.id);
  sim.ledger.record("media_deleted", { phone_number_id: media.phoneNumberId, media_id: media.id });
  return { success: true };
}

function checkOwner({ method, params }: Call, media: MediaObject): Refusal | undefined {
  const owner = params.phone_number_id;
  return owner === undefined || owner === media.phoneNumberId ? undefined : refuseObject(media.id, method);
}
