import {
  changeQrCodeInput,
  channelInput,
  deleteQrCodeInput,
  profileInput,
  qrCodeInput,
  startersInput,
} from "@aparte/core/channel-input.ts";
import { procedure, router } from "../platform/trpc.ts";
import {
  changeQrCode,
  createQrCode,
  deleteQrCode,
  listQrCodes,
  readPhoto,
  readPresence,
  saveProfile,
  saveStarters,
} from "./service.ts";

const writes = procedure.meta({ role: "admin", audit: "channel.changed" });
const reads = procedure.meta({ role: "manager", audit: null });

/** How a number presents itself in WhatsApp: profile, conversation starters, QR codes and short links. */
export const presenceRouter = router({
  read: reads.input(channelInput).query(({ ctx, input }) => readPresence(ctx, input.channelId)),
  photo: reads.input(channelInput).query(({ ctx, input }) => readPhoto(ctx, input.channelId)),
  saveProfile: writes.input(profileInput).mutation(({ ctx, input }) => saveProfile(ctx, input)),
  saveStarters: writes.input(startersInput).mutation(({ ctx, input }) => saveStarters(ctx, input)),
  qrCodes: reads.input(channelInput).query(({ ctx, input }) => listQrCodes(ctx, input.channelId)),
  createQrCode: writes.input(qrCodeInput).mutation(({ ctx, input }) => createQrCode(ctx, input)),
  changeQrCode: writes.input(changeQrCodeInput).mutation(({ ctx, input }) => changeQrCode(ctx, input)),
  deleteQrCode: writes.input(deleteQrCodeInput).mutation(({ ctx, input }) => deleteQrCode(ctx, input)),
});
