import { z } from "zod";
import { command, type Call, type CallResult } from "./call.ts";
import type { GraphSettings } from "./graph.ts";
import { createDownload, type DownloadFile } from "./media-download.ts";
import { formBody, type FileToUpload } from "./media-file.ts";
import { readMediaPlace, type MediaPlace } from "./media-place.ts";
import { uploadSample } from "./media-sample.ts";
import { idText } from "./wire.ts";

/** Files (Meta, "Media" and "Resumable Upload API"). None of these repeats by itself, but for the rest of a cut sample. */
export type MediaCalls = {
  /** Hands a file over for sending; gives the media id, which this number may use for 30 days. */
  readonly uploadMedia: (phoneNumberId: string, file: FileToUpload) => Promise<CallResult<string>>;
  /** With `phoneNumberId`, Meta refuses files of any other number. */
  readonly mediaUrl: (mediaId: string, phoneNumberId: string | null) => Promise<CallResult<MediaPlace>>;
  readonly downloadMedia: DownloadFile;
  readonly deleteMedia: (mediaId: string, phoneNumberId: string | null) => Promise<CallResult<null>>;
  /** Hands over a sample for a template's header, or a profile picture: jpeg, png, mp4, pdf. Gives the handle for it. */
  readonly uploadSample: (appId: string, file: FileToUpload) => Promise<CallResult<string>>;
};

const uploaded = z.object({ id: idText });

export function createMediaCalls(call: Call, settings: GraphSettings): MediaCalls {
  const owner = (phoneNumberId: string | null) => (phoneNumberId === null ? {} : { phone_number_id: phoneNumberId });
  return {
    uploadMedia: (phoneNumberId, file) => {
      const fields = { messaging_product: "whatsapp", type: file.mimeType };
      return call(
        { method: "POST", path: [phoneNumberId, "media"], ...formBody(fields, file) },
        (json) => uploaded.safeParse(json).data?.id ?? null,
      );
    },
    mediaUrl: (mediaId, phoneNumberId) =>
      call({ method: "GET", path: [mediaId], query: owner(phoneNumberId) }, (json) =>
        readMediaPlace(json, settings.baseUrl),
      ),
    downloadMedia: createDownload(settings),
    deleteMedia: (mediaId, phoneNumberId) =>
      command(call, { method: "DELETE", path: [mediaId], query: owner(phoneNumberId) }),
    uploadSample: (appId, file) => uploadSample({ call, accessToken: settings.accessToken }, appId, file),
  };
}
