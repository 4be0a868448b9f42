import { command, createCall, readPages, type Call, type CallResult } from "./call.ts";
import { createGraph, type GraphSettings } from "./graph.ts";
import { createMediaCalls, type MediaCalls } from "./media-calls.ts";
import type { MessageBody } from "./message-body.ts";
import { phoneNumberFields, readPhoneNumber, type MetaPhoneNumber } from "./phone-number.ts";
import { readSendOutcome, type SendOutcome } from "./send-outcome.ts";
import { createTemplateAdmin, type TemplateAdmin } from "./template-admin.ts";
import { readTemplate, templateFields, type MetaTemplate } from "./template.ts";
import { readTokenFacts, type TokenFacts } from "./token-facts.ts";

/** `unreadable` counts the templates that `readTemplate` cannot read. */
export type AccountTemplates = { readonly templates: readonly MetaTemplate[]; readonly unreadable: number };

/** Where webhooks shall go: https, at most 200 characters. */
export type Callback = { readonly callbackUrl: string; readonly verifyToken: string };

export type App = { readonly appId: string; readonly appSecret: string };

export type WhatsAppClient = TemplateAdmin &
  MediaCalls & {
    /** Sends one message, once; never repeats by itself (see `SendOutcome`). */
    readonly sendMessage: (phoneNumberId: string, body: MessageBody) => Promise<SendOutcome>;
    /** Turns the ticks of this message, and of all before it, blue on the person's phone. */
    readonly markRead: (phoneNumberId: string, wamid: string) => Promise<CallResult<null>>;
    readonly phoneNumber: (phoneNumberId: string) => Promise<CallResult<MetaPhoneNumber>>;
    readonly accountPhoneNumbers: (wabaId: string) => Promise<CallResult<readonly MetaPhoneNumber[]>>;
    readonly templates: (wabaId: string) => Promise<CallResult<AccountTemplates>>;
    /** Subscribes the app to the account's webhooks, sent to this address. Meta asks the address for the token at once. */
    readonly subscribeApp: (wabaId: string, callback: Callback) => Promise<CallResult<null>>;
    /** What Meta knows about the token of this client, asked in the name of the app that it belongs to. */
    readonly debugToken: (app: App) => Promise<CallResult<TokenFacts>>;
  };

/**
 * A client of Meta's Cloud API for one access token. Throws at once on unusable settings (see `createGraph`); calls
 * answer with data, whatever the network or Meta does.
 */
export function createWhatsAppClient(settings: GraphSettings): WhatsAppClient {
  const graph = createGraph(settings);
  const { accessToken } = settings;
  const call = createCall(graph);
  return {
    ...createTemplateAdmin(call),
    ...createMediaCalls(call, settings),
    sendMessage: async (phoneNumberId, body) =>
      readSendOutcome(await graph({ method: "POST", path: [phoneNumberId, "messages"], body })),
    markRead: (phoneNumberId, wamid) =>
      command(call, {
        method: "POST",
        path: [phoneNumberId, "messages"],
        body: { messaging_product: "whatsapp", status: "read", message_id: wamid },
      }),
    phoneNumber: (phoneNumberId) =>
      call({ method: "GET", path: [phoneNumberId], query: { fields: phoneNumberFields } }, readPhoneNumber),
    accountPhoneNumbers: (wabaId) => accountPhoneNumbers(call, wabaId),
    templates: (wabaId) => templates(call, wabaId),
    subscribeApp: (wabaId, { callbackUrl, verifyToken }) =>
      command(call, {
        method: "POST",
        path: [wabaId, "subscribed_apps"],
        body: { override_callback_uri: callbackUrl, verify_token: verifyToken },
      }),
    debugToken: ({ appId, appSecret }) => {
      const as = { accessToken: `${appId}|${appSecret}`, appSecret };
      return call({ method: "GET", path: ["debug_token"], query: { input_token: accessToken }, as }, readTokenFacts);
    },
  };
}

async function accountPhoneNumbers(call: Call, wabaId: string): Promise<CallResult<readonly MetaPhoneNumber[]>> {
  const query = { fields: phoneNumberFields };
  const result = await readPages(call, { method: "GET", path: [wabaId, "phone_numbers"], query });
  if (!result.ok) return result;
  const numbers = result.value.map(readPhoneNumber);
  if (!numbers.every((number) => number !== null)) return { ok: false, error: null, reason: "unreadable_answer" };
  return { ok: true, value: numbers };
}

async function templates(call: Call, wabaId: string): Promise<CallResult<AccountTemplates>> {
  const query = { fields: templateFields };
  const result = await readPages(call, { method: "GET", path: [wabaId, "message_templates"], query });
  if (!result.ok) return result;
  const readable = result.value.map(readTemplate).filter((template) => template !== null);
  return { ok: true, value: { templates: readable, unreadable: result.value.length - readable.length } };
}
