import { z } from "zod";
import { command, readPages, type Call, type CallResult } from "./call.ts";
import { detail, word } from "./wire.ts";

/** A code on paper, or a short link, that opens a chat with a message already written. */
export type QrCode = {
  readonly code: string;
  /** What stands in the composer of the person who follows it; at most 140 characters. */
  readonly message: string;
  /** `https://wa.me/message/…` */
  readonly link: string;
  /** The picture, where Meta made one; the address lives for a while only. */
  readonly imageUrl: string | null;
};

/** QR codes and short links (Meta, "QR codes"): at most 2,000 for a number. */
export type QrCodes = {
  readonly createQrCode: (phoneNumberId: string, message: string, image: "SVG" | "PNG") => Promise<CallResult<QrCode>>;
  readonly qrCodes: (phoneNumberId: string) => Promise<CallResult<readonly QrCode[]>>;
  /** Gives an existing code another message: what is printed stays good. */
  readonly changeQrCode: (phoneNumberId: string, code: string, message: string) => Promise<CallResult<QrCode>>;
  readonly deleteQrCode: (phoneNumberId: string, code: string) => Promise<CallResult<null>>;
};

const qrCode = z
  .object({
    code: word,
    prefilled_message: z.string(),
    deep_link_url: z.string(),
    qr_image_url: detail(z.string()),
  })
  .transform((wire): QrCode => ({
    code: wire.code,
    message: wire.prefilled_message,
    link: wire.deep_link_url,
    imageUrl: wire.qr_image_url,
  }));

const listFields = "code,prefilled_message,deep_link_url,qr_image_url.format(SVG)";

export function createQrCodes(call: Call): QrCodes {
  const path = (phoneNumberId: string): readonly string[] => [phoneNumberId, "message_qrdls"];
  const post = (phoneNumberId: string, body: object) =>
    call({ method: "POST", path: path(phoneNumberId), body }, (json) => qrCode.safeParse(json).data ?? null);
  return {
    createQrCode: (id, message, image) => post(id, { prefilled_message: message, generate_qr_image: image }),
    qrCodes: async (id) => {
      const result = await readPages(call, { method: "GET", path: path(id), query: { fields: listFields } });
      if (!result.ok) return result;
      return { ok: true, value: result.value.flatMap((item) => qrCode.safeParse(item).data ?? []) };
    },
    changeQrCode: (id, code, message) => post(id, { code, prefilled_message: message }),
    deleteQrCode: (id, code) => command(call, { method: "DELETE", path: [...path(id), code] }),
  };
}
