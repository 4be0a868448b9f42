import { createAccountCalls, type AccountCalls } from "./account-calls.ts";
import { createBlockList, type BlockList } from "./block-list.ts";
import { createCall } from "./call.ts";
import { createGraph, type GraphSettings } from "./graph.ts";
import { createMediaCalls, type MediaCalls } from "./media-calls.ts";
import { createMessageCalls, type MessageCalls } from "./message-calls.ts";
import { createNumberCalls, type NumberCalls } from "./number-calls.ts";
import { createPresence, type Presence } from "./presence.ts";
import { createQrCodes, type QrCodes } from "./qr-codes.ts";
import { createTemplateAdmin, type TemplateAdmin } from "./template-admin.ts";

export type WhatsAppClient = AccountCalls &
  BlockList &
  MediaCalls &
  MessageCalls &
  NumberCalls &
  Presence &
  QrCodes &
  TemplateAdmin;

/**
 * A client of Meta's Cloud API for one access token. Throws at once on unusable settings (see `createGraph`); calls
 * answer with data, whatever the network or Meta does.
 */
export function createWhatsAppClient(settings: GraphSettings): WhatsAppClient {
  const graph = createGraph(settings);
  const call = createCall(graph);
  return {
    ...createAccountCalls(call, settings),
    ...createBlockList(graph, call),
    ...createMediaCalls(call, settings),
    ...createMessageCalls(graph, call),
    ...createNumberCalls(call),
    ...createPresence(call),
    ...createQrCodes(call),
    ...createTemplateAdmin(call),
  };
}
