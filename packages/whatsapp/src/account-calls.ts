import { z } from "zod";
import { accountFields, readAccountFacts, type AccountFacts } from "./account-facts.ts";
import { command, createCall, readPages, type Call, type CallResult } from "./call.ts";
import { createGraph, type GraphSettings } from "./graph.ts";
import { phoneNumberFields, readPhoneNumber, type MetaPhoneNumber } from "./phone-number.ts";
import { readTemplate, templateFields, type MetaTemplate } from "./template.ts";
import { readTokenFacts, type TokenFacts } from "./token-facts.ts";
import { detail, idText, word } from "./wire.ts";

/** `unreadable` counts the templates that `readTemplate` cannot read. */
export type AccountTemplates = { readonly templates: readonly MetaTemplate[]; readonly unreadable: number };

/** Where webhooks shall go: https, at most 200 characters. */
export type Callback = { readonly callbackUrl: string; readonly verifyToken: string };

export type App = { readonly appId: string; readonly appSecret: string };

/** An app that receives the account's webhooks; `callbackUrl` is null where the app's own address counts. */
export type SubscribedApp = {
  readonly appId: string;
  readonly name: string | null;
  readonly callbackUrl: string | null;
};

/** `callbackUrl` is null while the app hears of nothing. */
export type AppSubscription = { readonly callbackUrl: string | null; readonly fields: readonly string[] };

/** What is asked of an account (WABA), and of the token of this client. */
export type AccountCalls = {
  readonly account: (wabaId: string) => Promise<CallResult<AccountFacts>>;
  readonly accountPhoneNumbers: (wabaId: string) => Promise<CallResult<readonly MetaPhoneNumber[]>>;
  readonly templates: (wabaId: string) => Promise<CallResult<AccountTemplates>>;
  /** Subscribes the app to the account's webhooks, sent to this address. Meta asks the address for the token at once. */
  readonly subscribeApp: (wabaId: string, callback: Callback) => Promise<CallResult<null>>;
  readonly subscribedApps: (wabaId: string) => Promise<CallResult<readonly SubscribedApp[]>>;
  /** Ends the webhooks of this account for the app that the token belongs to. */
  readonly unsubscribeApp: (wabaId: string) => Promise<CallResult<null>>;
  /** What the app hears of at all, and where unless an account or a number says otherwise. */
  readonly appSubscription: (app: App) => Promise<CallResult<AppSubscription>>;
  /** Has the app hear of these webhook fields, at this address. Meta asks the address for the token at once. */
  readonly subscribeFields: (app: App, callback: Callback, fields: readonly string[]) => Promise<CallResult<null>>;
  /** What Meta knows about the token of this client, asked in the name of the app that it belongs to. */
  readonly debugToken: (app: App) => Promise<CallResult<TokenFacts>>;
};

const subscribed = z.object({
  whatsapp_business_api_data: z.object({ id: idText, name: detail(word) }),
  override_callback_uri: detail(z.string()),
});

export function createAccountCalls(call: Call, { accessToken }: GraphSettings): AccountCalls {
  const apps = (wabaId: string): readonly string[] => [wabaId, "subscribed_apps"];
  return {
    account: (wabaId) => call({ method: "GET", path: [wabaId], query: { fields: accountFields } }, readAccountFacts),
    accountPhoneNumbers: (wabaId) => accountPhoneNumbers(call, wabaId),
    templates: (wabaId) => templates(call, wabaId),
    subscribeApp: (wabaId, { callbackUrl, verifyToken }) =>
      command(call, {
        method: "POST",
        path: apps(wabaId),
        body: { override_callback_uri: callbackUrl, verify_token: verifyToken },
      }),
    subscribedApps: async (wabaId) => {
      const result = await readPages(call, { method: "GET", path: apps(wabaId) });
      return result.ok ? { ok: true, value: result.value.flatMap(readSubscribedApp) } : result;
    },
    unsubscribeApp: (wabaId) => command(call, { method: "DELETE", path: apps(wabaId) }),
    appSubscription: (app) =>
      call({ method: "GET", path: [app.appId, "subscriptions"], as: asApp(app) }, readAppSubscription),
    subscribeFields: (app, { callbackUrl, verifyToken }, fields) =>
      command(call, {
        method: "POST",
        path: [app.appId, "subscriptions"],
        body: { object: accountObject, callback_url: callbackUrl, verify_token: verifyToken, fields: fields.join(",") },
        as: asApp(app),
      }),
    debugToken: (app) =>
      call(
        { method: "GET", path: ["debug_token"], query: { input_token: accessToken }, as: asApp(app) },
        readTokenFacts,
      ),
  };
}

function asApp({ appId, appSecret }: App) {
  return { accessToken: `${appId}|${appSecret}`, appSecret };
}

const exchanged = z.object({ access_token: z.string().min(1) });

/**
 * Turns the code that a customer's sign-up gives into a token, within its 30 seconds (Meta, "Embedded Signup"). Asked in
 * the name of the app, because there is no other token yet.
 */
export function exchangeCode(
  settings: Omit<GraphSettings, "accessToken" | "appSecret">,
  app: App,
  code: string,
): Promise<CallResult<string>> {
  const call = createCall(createGraph({ ...settings, ...asApp(app) }));
  const query = { client_id: app.appId, client_secret: app.appSecret, code };
  return call(
    { method: "GET", path: ["oauth", "access_token"], query },
    (json) => exchanged.safeParse(json).data?.access_token ?? null,
  );
}

/** Meta's name for everything about WhatsApp that an app can hear of. */
const accountObject = "whatsapp_business_account";

const appSubscriptions = z.object({
  data: z.array(
    z.object({
      object: word,
      callback_url: detail(z.string()),
      fields: detail(z.array(z.union([word, z.object({ name: word }).transform(({ name }) => name)]))),
    }),
  ),
});

function readAppSubscription(json: unknown): AppSubscription | null {
  const parsed = appSubscriptions.safeParse(json);
  if (!parsed.success) return null;
  const ours = parsed.data.data.find(({ object }) => object === accountObject);
  return { callbackUrl: ours?.callback_url ?? null, fields: ours?.fields ?? [] };
}

function readSubscribedApp(wire: unknown): SubscribedApp[] {
  const parsed = subscribed.safeParse(wire);
  if (!parsed.success) return [];
  const { whatsapp_business_api_data: app, override_callback_uri } = parsed.data;
  return [{ appId: app.id, name: app.name, callbackUrl: override_callback_uri }];
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
