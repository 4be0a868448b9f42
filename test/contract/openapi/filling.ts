import type { RequestExample } from "./condensed.ts";
import type { Asked, Platform } from "./platform.ts";
import { provideTemplate } from "./templates.ts";
import { finder, type Find, type Thing } from "./things.ts";

/** What stands in the paths of Meta's file. */
const IN_PATHS: Record<string, Thing> = {
  "Application-ID": "app",
  "Business-ID": "business",
  "Phone-Number-ID": "number",
  "WhatsApp-Account-Number-ID": "number",
  "WABA-ID": "account",
  "WhatsApp-Business-Account-ID": "account",
  "Media-ID": "image",
  "QR-Code-ID": "qrCode",
  group_id: "group",
  "Message-History-ID": "history",
  "Migration-Intent-ID": "migrationIntent",
  "OBO-Mobility-Intent-ID": "mobilityIntent",
  "Pre-Verified-Phone-Number-ID": "preverified",
  "Solution-ID": "solution",
  "User-ID": "user",
  "Flow-ID": "flow",
  TEMPLATE_ID: "template",
  "WABA-Bot-ID": "bot",
  "WhatsApp-Business-Profile-ID": "profile",
};

/** Where a request needs a thing in a state of its own. */
const IN_STATE: readonly (readonly [RegExp, Thing])[] = [
  [/^POST \/\{TEMPLATE_ID\}/u, "editable"],
  [/^(POST|DELETE) \/\{Flow-ID\}$|publish$|^POST .*assets$/u, "draftFlow"],
  [/join_requests$/u, "closedGroup"],
  [/calls$|call_permissions$/u, "callingNumber"],
  [/messages_encrypted$/u, "encryptingNumber"],
  [/send_deactivation_request$/u, "activeSolution"],
  [/(accept|reject)_deactivation/u, "leavingSolution"],
];

/** What examples write in place of a value. */
const PLACEHOLDERS: readonly (readonly [RegExp, Thing])[] = [
  [/^\{\{Recipient-(WA-)?Phone-Number\}\}$/u, "customer"],
  [/^<AUDIO_OBJECT_ID>$/u, "audio"],
  [/^<DOCUMENT_OBJECT_ID>$/u, "document"],
  [/^<IMAGE_OBJECT_ID>$/u, "image"],
  [/^<VIDEO_OBJECT_ID>$/u, "video"],
  [/^<MEDIA_OBJECT_ID>$/u, "sticker"],
  [/^<MSGID_OF_/u, "heard"],
  [/^wamid\./u, "heard"],
  [/^4::aW1hZ2Uv|^4:VGVzdC5wbmc=/u, "imageHandle"],
  [/^4::YXBwbGlj/u, "documentHandle"],
  [/http\(s\):\/\//u, "link"],
  [/^\{\{Flow-ID\}\}$/u, "flow"],
  [/^<PHONE_NUMBER_ID>$/u, "number"],
  [/^<HSM_ID>$/u, "template"],
];

/** Words of examples that stand for a free choice. */
const WORDS: Readonly<Record<string, string>> = {
  "{{Flow-Name}}": "visit",
  "<SCREEN_ID>": "WELCOME_SCREEN",
  "<HEADER_TYPE>": "text",
  "<TEMPLATE_NAME>": "a_new_template",
  "template-name": "a_template",
  "language-and-locale-code": "en_US",
};

/** Values of examples that name something of Meta's, by request and property: the thing is put in their place. */
const BY_PROPERTY: readonly (readonly [RegExp, Readonly<Record<string, Thing>>])[] = [
  [/Pre-Verified.*verify_code$/u, { code: "preverifiedCode" }],
  [/whatsapp_business_encryption$/u, { business_public_key: "publicKey" }],
  [/^POST .*message_qrdls/u, { code: "qrCode" }],
  [/^GET .*message_qrdls/u, { code: "qrCode" }],
  [/block_users$/u, { user: "writer" }],
  [/^POST .*participants$/u, { user: "customer" }],
  [/^DELETE .*participants$/u, { user: "member" }],
  [/call_permissions$/u, { user_wa_id: "customerDigits" }],
  [/\/calls$/u, { to: "callable", call_id: "call" }],
  [/message_history$/u, { message_id: "sent" }],
  [/register$/u, { pin: "pin" }],
  [/Phone-Number-ID\}\/verify_code$/u, { code: "verificationCode" }],
  [/assigned_users$/u, { user: "user", business: "business" }],
  [/join_requests$/u, { join_requests: "joinRequest" }],
  [/whatsapp_business_solution$|\/accept$|\/reject$/u, { partner_app_id: "otherApp" }],
  [/share_preverified_numbers$/u, { preverified_id: "preverified", partner_business_id: "otherBusiness" }],
  [/migration_intent$|mobility_intent$|mm_lite$/u, { solution_id: "solution", target_solution_id: "solution" }],
  [/mobility_intent$/u, { waba_id: "account", app_id: "app", actor_id: "user" }],
  [/access_token$/u, { business_id: "business" }],
  [/whatsapp_business_accounts$/u, { find: "account" }],
  [/\/phone_numbers$/u, { preverified_id: "preverified" }],
  [/DELETE .*message_templates$/u, { name: "templateName", hsm_id: "template" }],
  [/migrate_flows$/u, { source_waba_id: "account" }],
  [/flows$/u, { clone_flow_id: "flow" }],
  [/Phone-Number-ID\}$/u, { override_callback_uri: "callback" }],
  [/subscribed_apps$/u, { override_callback_uri: "callback" }],
];

/**
 * The request of an example as it can be sent to a platform, which then has everything that the request speaks of.
 * Several requests can speak of the same things when they are given one `find`.
 */
export async function fill(platform: Platform, example: RequestExample, find = finder(platform)): Promise<Asked> {
  const { method, path, contentType } = example;
  const key = `${method} ${path}`;
  const filled: Asked = {
    method,
    path: await fillPath(key, path, find),
    ...(contentType === undefined ? {} : { contentType }),
    ...(example.query === undefined
      ? {}
      : { query: (await fillValue(example.query, key, find)) as Asked["query"] & {} }),
    ...(example.body === undefined ? {} : { body: await fillValue(example.body, key, find) }),
  };
  const written = JSON.stringify(example.body ?? {});
  if (/"flow"|flow_name/u.test(written)) await find("flow");
  if (/"action":"(accept|reject)"/u.test(written)) await find("call");
  const { template } = (filled.body ?? {}) as { template?: Parameters<typeof provideTemplate>[2] };
  if (template !== undefined) await provideTemplate(platform, find, template);
  return filled;
}

async function fillPath(key: string, path: string, find: Find): Promise<string> {
  const inState = IN_STATE.find(([pattern]) => pattern.test(key))?.[1];
  let filled = path;
  for (const [written, name = ""] of path.matchAll(/\{([^}]+)\}/gu)) {
    const thing = inState ?? IN_PATHS[name];
    if (thing === undefined) throw new Error(`Nothing is known to stand for ${written}.`);
    filled = filled.replace(written, await find(thing));
  }
  return filled;
}

async function fillValue(value: unknown, key: string, find: Find, property = ""): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => fillValue(item, key, find, property)));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(async ([name, item]) => [name, await fillValue(item, key, find, name)]);
    return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
  }
  if (typeof value !== "string") return value;
  const byProperty = BY_PROPERTY.find(([pattern, things]) => pattern.test(key) && things[property] !== undefined);
  const thing = byProperty?.[1][property] ?? PLACEHOLDERS.find(([pattern]) => pattern.test(value))?.[1];
  return thing === undefined ? (WORDS[value] ?? value) : find(thing);
}
