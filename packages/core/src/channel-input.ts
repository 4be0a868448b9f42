import { z } from "zod";
import { businessKinds, presenceLimits } from "./presence.ts";

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

const website = line(presenceLimits.website).regex(/^https?:\/\/\S+$/i);

export const profileInput = z.strictObject({
  channelId,
  /** One line under the name; hours of opening often stand here. */
  about: line(presenceLimits.about).min(1),
  description: line(presenceLimits.description),
  address: line(presenceLimits.address),
  email: z.union([z.literal(""), z.email().max(presenceLimits.email)]),
  websites: z.array(website).max(presenceLimits.websites),
  kind: z.enum(businessKinds),
  /** A stored file that becomes the photo; null leaves it. */
  photoFileId: z.uuid().nullable(),
});
export type ProfileInput = z.infer<typeof profileInput>;

/** What an empty chat offers (Cloud API, "Conversational components"). */
export const startersInput = z.strictObject({
  channelId,
  prompts: z.array(line(presenceLimits.prompt).min(1)).max(presenceLimits.prompts),
  commands: z
    .array(
      z.strictObject({
        name: z.string().regex(new RegExp(`^[a-z0-9_]{1,${presenceLimits.commandName}}$`)),
        description: line(presenceLimits.commandDescription).min(1),
      }),
    )
    .max(presenceLimits.commands),
});
export type StartersInput = z.infer<typeof startersInput>;

const message = line(presenceLimits.qrMessage).min(1);
export const qrCodeInput = z.strictObject({ channelId, message });
export const changeQrCodeInput = z.strictObject({ channelId, code: z.string().regex(/^[A-Za-z0-9]{1,64}$/), message });
export const deleteQrCodeInput = changeQrCodeInput.omit({ message: true });
export type QrCodeInput = z.infer<typeof qrCodeInput>;
export type ChangeQrCodeInput = z.infer<typeof changeQrCodeInput>;
export type DeleteQrCodeInput = z.infer<typeof deleteQrCodeInput>;

export const blockInput = z.strictObject({ channelId, contactId: z.uuid() });
export type BlockInput = z.infer<typeof blockInput>;
