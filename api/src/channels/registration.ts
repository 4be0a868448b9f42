import type { DisplayNameInput, PinInput } from "@aparte/core/channel-input.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { changeAtMeta } from "./ask.ts";
import { subscribeHere } from "./subscribe.ts";

/** Connects the number to the Cloud API with its two-step PIN, which it gets by this if it has none yet. */
export function registerNumber(ctx: MemberContext, { channelId, pin }: PinInput) {
  return changeAtMeta(ctx, { channelId, what: "registration" }, (client, { phoneNumberId }) =>
    client.register(phoneNumberId, pin, null),
  );
}

/** Gives the number another two-step PIN. */
export function changePin(ctx: MemberContext, { channelId, pin }: PinInput) {
  return changeAtMeta(ctx, { channelId, what: "pin" }, (client, { phoneNumberId }) =>
    client.setPin(phoneNumberId, pin),
  );
}

/** Asks Meta for another display name; the decision comes by webhook. */
export function requestDisplayName(ctx: MemberContext, { channelId, name }: DisplayNameInput) {
  return changeAtMeta(ctx, { channelId, what: "display_name" }, (client, { phoneNumberId }) =>
    client.requestDisplayName(phoneNumberId, name),
  );
}

/** Points the account's webhooks at this server again. */
export function subscribeWebhooks(ctx: MemberContext, channelId: string) {
  return changeAtMeta(ctx, { channelId, what: "webhooks" }, (client, { wabaId }) => subscribeHere(ctx, client, wabaId));
}
