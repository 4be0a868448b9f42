import { z } from "zod";

/** The inputs of the procedures by which an admin sets a number up. Bounds are Meta's. */

const channelId = z.uuid();
const line = (limit: number) => z.string().trim().max(limit);

export const channelInput = z.strictObject({ channelId });

/** Two-step PIN: six digits (Meta, "Two-step verification"). */
const pin = z.string().regex(/^\d{6}$/);

export const pinInput = z.strictObject({ channelId, pin });
export type PinInput = z.infer<typeof pinInput>;

export const displayNameInput = z.strictObject({ channelId, name: line(100).min(3) });
export type DisplayNameInput = z.infer<typeof displayNameInput>;

/** Kinds of business, in Meta's words (Cloud API, "Business profiles", `vertical`). */
export const businessKinds = [
  "ALCOHOL",
  "APPAREL",
  "AUTO",
  "BEAUTY",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GOVT",
  "GROCERY",
  "HEALTH",
  "HOTEL",
  "NONPROFIT",
  "ONLINE_GAMBLING",
  "OTC_DRUGS",
  "OTHER",
  "PHYSICAL_GAMBLING",
  "PROF_SERVICES",
  "RESTAURANT",
  "RETAIL",
  "TRAVEL",
] as const;

export type BusinessKind = (typeof businessKinds)[number];

const website = line(256).regex(/^https?:\/\/\S+$/i);

export const profileInput = z.strictObject({
  channelId,
  /** One line under the name; hours of opening often stand here. */
  about: line(139).min(1),
  description: line(512),
  address: line(256),
  email: z.union([z.literal(""), z.email().max(128)]),
  websites: z.array(website).max(2),
  kind: z.enum(businessKinds),
  /** A stored file that becomes the photo; null leaves it. */
  photoFileId: z.uuid().nullable(),
});
export type ProfileInput = z.infer<typeof profileInput>;

/** What an empty chat offers (Cloud API, "Conversational components"). */
export const startersInput = z.strictObject({
  channelId,
  prompts: z.array(line(80).min(1)).max(4),
  commands: z
    .array(z.strictObject({ name: z.string().regex(/^[a-z0-9_]{1,32}$/), description: line(256).min(1) }))
    .max(30),
});
export type StartersInput = z.infer<typeof startersInput>;

const message = line(140).min(1);
export const qrCodeInput = z.strictObject({ channelId, message });
export const changeQrCodeInput = z.strictObject({ channelId, code: z.string().regex(/^[A-Za-z0-9]{1,64}$/), message });
export const deleteQrCodeInput = changeQrCodeInput.omit({ message: true });
export type QrCodeInput = z.infer<typeof qrCodeInput>;
export type ChangeQrCodeInput = z.infer<typeof changeQrCodeInput>;
export type DeleteQrCodeInput = z.infer<typeof deleteQrCodeInput>;

export const blockInput = z.strictObject({ channelId, contactId: z.uuid() });
export type BlockInput = z.infer<typeof blockInput>;
