import type {
  ChangeQrCodeInput,
  DeleteQrCodeInput,
  ProfileInput,
  QrCodeInput,
  StartersInput,
} from "@aparte/core/channel-input.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { isMetaFile } from "@aparte/whatsapp/media-place.ts";
import { askMeta, changeAtMeta } from "../channels/ask.ts";
import { loadChannel } from "../channels/service.ts";
import { sampleHandle } from "../media/sample.ts";
import type { MemberContext } from "../platform/trpc.ts";

/** How the business looks in WhatsApp, what an empty chat offers, and whether it shows a catalogue. */
export async function readPresence(ctx: MemberContext, channelId: string) {
  const [profile, starters] = await Promise.all([
    askMeta(ctx, channelId, (client, { phoneNumberId }) => client.profile(phoneNumberId)),
    askMeta(ctx, channelId, (client, { phoneNumberId }) => client.conversationStarters(phoneNumberId)),
  ]);
  if (!profile.ok) return profile;
  if (!starters.ok) return starters;
  return { ok: true as const, profile: profile.value, starters: starters.value };
}

/** Writes the business profile. The photo is a stored file that is handed to Meta as a sample first. */
export async function saveProfile(
  ctx: MemberContext,
  { channelId, photoFileId, kind, ...texts }: ProfileInput,
): Promise<Outcome<{ readonly value: null }>> {
  const photo = photoFileId === null ? null : await photoHandle(ctx, channelId, photoFileId);
  if (photo?.ok === false) return photo;
  const picture = photo === null ? {} : { pictureHandle: photo.handle };
  return changeAtMeta(ctx, { channelId, what: "profile" }, (client, { phoneNumberId }) =>
    client.changeProfile(phoneNumberId, { ...texts, vertical: kind, ...picture }),
  );
}

async function photoHandle(ctx: MemberContext, channelId: string, fileId: string) {
  const { workspaceId } = ctx.actor;
  const channel = await ctx.database.inWorkspace(workspaceId, (tx) => loadChannel(tx, workspaceId, channelId));
  return channel ? sampleHandle(ctx, channel, fileId) : refused("channels.not_found");
}

/** Photos that are shown here; Meta makes them from what it was given. In bytes. */
const photoTypes = ["image/jpeg", "image/png"];
const maxPhotoBytes = 2 * 1024 * 1024;

/**
 * The photo as a `data:` address, because the console may load nothing from elsewhere. Null where there is none, and where
 * Meta does not give it just now.
 */
export async function readPhoto(
  ctx: MemberContext,
  channelId: string,
): Promise<Outcome<{ readonly photo: string | null }>> {
  const read = await askMeta(ctx, channelId, async (client, { phoneNumberId }) => {
    const profile = await client.profile(phoneNumberId);
    if (!profile.ok) return profile;
    const { pictureUrl } = profile.value;
    const isThere = pictureUrl !== null && isMetaFile(pictureUrl, ctx.env.META_GRAPH_URL);
    const file = isThere ? await client.downloadMedia(pictureUrl, maxPhotoBytes) : null;
    return { ok: true, value: file?.ok ? file.value : null };
  });
  if (!read.ok) return read;
  const { value: file } = read;
  const type = photoTypes.find((known) => file?.mimeType?.startsWith(known));
  if (file === null || type === undefined) return { ok: true, photo: null };
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.bytes) chunks.push(chunk);
  return { ok: true, photo: `data:${type};base64,${Buffer.concat(chunks).toString("base64")}` };
}

export function saveStarters(ctx: MemberContext, { channelId, prompts, commands }: StartersInput) {
  return changeAtMeta(ctx, { channelId, what: "starters" }, (client, { phoneNumberId }) =>
    client.setConversationStarters(phoneNumberId, { prompts, commands }),
  );
}

export function listQrCodes(ctx: MemberContext, channelId: string) {
  return askMeta(ctx, channelId, (client, { phoneNumberId }) => client.qrCodes(phoneNumberId));
}

export function createQrCode(ctx: MemberContext, { channelId, message }: QrCodeInput) {
  return changeAtMeta(ctx, { channelId, what: "qr_code" }, (client, { phoneNumberId }) =>
    client.createQrCode(phoneNumberId, message, "SVG"),
  );
}

/** Gives a code another message: what is printed stays good. */
export function changeQrCode(ctx: MemberContext, { channelId, code, message }: ChangeQrCodeInput) {
  return changeAtMeta(ctx, { channelId, what: "qr_code" }, (client, { phoneNumberId }) =>
    client.changeQrCode(phoneNumberId, code, message),
  );
}

export function deleteQrCode(ctx: MemberContext, { channelId, code }: DeleteQrCodeInput) {
  return changeAtMeta(ctx, { channelId, what: "qr_code" }, (client, { phoneNumberId }) =>
    client.deleteQrCode(phoneNumberId, code),
  );
}
