import type { Failure } from "../error-catalogue.ts";

/** Where a media object came from: uploaded by the business, sent by a person, or synchronised from the phone app. */
export type MediaOrigin = "upload" | "inbound" | "history";

/** A file that the platform keeps for one business number. */
export type MediaObject = {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  bytes: Uint8Array;
  /** Digest of the bytes. */
  sha256: Buffer;
  origin: MediaOrigin;
  /** When the id ends, in ms. */
  expiresAt: number;
  /** Signs the download links of this object. */
  key: Buffer;
};

/** A file to keep. */
export type MediaFile = { bytes: Uint8Array; mimeType: string };

/** A resumable upload: what was announced, what has come, and the handle once all has come. */
export type UploadSession = {
  /** `upload:…?sig=…`, as it stands in the path. */
  id: string;
  appId: string;
  fileName: string | undefined;
  mimeType: string;
  length: number;
  chunks: Buffer[];
  /** How many bytes have come. */
  offset: number;
  handle: string | undefined;
};

/** What came of fetching a link, as it stays remembered for a while. */
export type Fetched = { at: number; file: Promise<MediaFile | Failure> };

/** A picture or file that anyone may load, as Meta serves them from its own file hosts. */
export type PublicFile = { bytes: Uint8Array; mimeType: string };
