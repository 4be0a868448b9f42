import { z } from "zod";
import type { AccountOrigin, Fact, MessageFact, UnknownFact } from "./facts.ts";
import { readJson, type JsonProblem } from "./json.ts";
import { readAccount, readPhoneName, readPhoneQuality } from "./webhook-account.ts";
import { readMessage, readProfileNames, type ProfileNames } from "./webhook-message.ts";
import { readContactName, readEcho, readHistoryChunk, readHistoryMessage } from "./webhook-phone-app.ts";
import { readPreference, readStatus } from "./webhook-status.ts";
import { readTemplateCategory, readTemplateComponents, readTemplateNews } from "./webhook-template.ts";
import { anyObject, detail, idText, numberDigits, unixTime, word } from "./wire.ts";

export type WebhookReading = {
  readonly facts: readonly Fact[];
  /** Why the body says nothing at all; null when it could be read, even if some facts are `unknown`. */
  readonly problem: JsonProblem | "not_an_object" | null;
};

const list = z.array(z.unknown());
const envelope = z.object({ object: z.literal("whatsapp_business_account"), entry: list });
const entryShape = z.object({ id: idText, time: detail(unixTime), changes: list });
const changeShape = z.object({ field: word, value: anyObject });
const numberValue = z.object({
  metadata: z.object({ phone_number_id: idText, display_phone_number: detail(numberDigits) }),
  contacts: detail(list),
});

type Origin = Pick<MessageFact, "wabaId" | "phoneNumberId">;
type Change = { readonly wabaId: string; readonly field: string; readonly value: Readonly<Record<string, unknown>> };

/**
 * Turns one delivery, as the bytes or the text that arrived, into a flat list of facts: all entries, all changes, all
 * messages, all statuses, in the order of the body. Each fact names its own account and number, because Meta packs
 * several into one body. What cannot be read becomes an `unknown` fact and never hides its neighbours. Never throws
 * on any body; linear in its length. Check the signature before (`verifySignature`) and the ids after.
 */
export function readWebhook(body: string | Uint8Array): WebhookReading {
  const { problem, value } = readJson(body);
  if (problem !== null) return { facts: [], problem };
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { facts: [], problem: "not_an_object" };
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return { facts: [unknownFact("body", value)], problem: null };
  return { facts: parsed.data.entry.flatMap(readEntry), problem: null };
}

function readEntry(entry: unknown): Fact[] {
  const parsed = entryShape.safeParse(entry);
  if (!parsed.success) return [unknownFact("entry", entry)];
  const { id, time, changes } = parsed.data;
  return changes.flatMap((change) => readChange(change, { wabaId: id, phoneNumberId: null, timestamp: time }));
}

type AccountReader = (value: unknown, origin: AccountOrigin) => Fact | null;

/** Fields about an account that are kept as they are, for an administrator to read. */
const keptFields = [
  "account_update",
  "account_alerts",
  "account_review_update",
  "business_capability_update",
  "business_username_updates",
  "security",
];

/** One reader per field whose value is about an account. Null: the value cannot be read. */
const accountFields: ReadonlyMap<string, AccountReader> = new Map<string, AccountReader>([
  ["message_template_status_update", readTemplateNews],
  ["message_template_quality_update", readTemplateNews],
  ["message_template_components_update", readTemplateComponents],
  ["template_category_update", readTemplateCategory],
  ["phone_number_quality_update", readPhoneQuality],
  ["phone_number_name_update", readPhoneName],
  ...keptFields.map((field): [string, AccountReader] => [field, (value, origin) => readAccount(field, value, origin)]),
]);

function readChange(change: unknown, origin: AccountOrigin): Fact[] {
  const { wabaId } = origin;
  const parsed = changeShape.safeParse(change);
  if (!parsed.success) return [unknownFact("change", change, { wabaId })];
  const { field, value } = parsed.data;
  const lists = numberFields.get(field);
  if (lists) return readLists(lists, { wabaId, field, value });
  return [accountFields.get(field)?.(value, origin) ?? unknownFact("value", value, { wabaId, field })];
}

type Around = {
  readonly origin: Origin;
  /** The business number, digits only; empty when Meta does not tell. */
  readonly ownNumber: string;
  readonly names: ProfileNames;
  readonly unread: (type: string, payload: unknown) => UnknownFact;
};

/** A list of a value by its key: what one element is called, and its reader. Null: it cannot be read. */
type List = {
  readonly key: string;
  readonly element: string;
  readonly read: (item: unknown, around: Around) => Fact | readonly Fact[] | null;
};

const errors: List = { key: "errors", element: "error", read: () => null };

/** The lists of each field whose value belongs to one number. */
const numberFields: ReadonlyMap<string, readonly List[]> = new Map<string, readonly List[]>([
  [
    "messages",
    [
      { key: "messages", element: "message", read: (item, { origin, names }) => readMessage(item, origin, names) },
      { key: "statuses", element: "status", read: (item, { origin }) => readStatus(item, origin) },
      errors,
    ],
  ],
  [
    "user_preferences",
    [{ key: "user_preferences", element: "preference", read: (item, { origin }) => readPreference(item, origin) }],
  ],
  [
    "smb_message_echoes",
    [{ key: "message_echoes", element: "message", read: (item, { origin }) => readEcho(item, origin) }],
  ],
  [
    "smb_app_state_sync",
    [{ key: "state_sync", element: "contact", read: (item, { origin }) => readContactName(item, origin) }],
  ],
  [
    "history",
    [
      { key: "history", element: "chunk", read: readHistoryChunk },
      // Messages with files come once more, in a list of their own and without a thread.
      { key: "messages", element: "message", read: (item, around) => readHistoryMessage(item, around, null) },
      errors,
    ],
  ],
]);

/** Keys of such a value that say about whom it is, and no more. */
const settingKeys: ReadonlySet<string> = new Set(["messaging_product", "metadata", "contacts"]);

function readLists(lists: readonly List[], { wabaId, field, value }: Change): Fact[] {
  const parsed = numberValue.safeParse(value);
  if (!parsed.success) return [unknownFact("value", value, { wabaId, field })];
  const { metadata, contacts } = parsed.data;
  const origin = { wabaId, phoneNumberId: metadata.phone_number_id };
  const unread = (type: string, payload: unknown): UnknownFact => unknownFact(type, payload, { ...origin, field });
  const names = readProfileNames(contacts ?? []);
  const around = { origin, ownNumber: metadata.display_phone_number ?? "", names, unread };
  const facts = Object.entries(value).flatMap(([key, items]): readonly Fact[] => {
    if (settingKeys.has(key)) return [];
    const list = lists.find((known) => known.key === key);
    // A list of tomorrow is kept; any other key of tomorrow says something about the value, which is kept without it.
    if (!list) return Array.isArray(items) ? [unread(key, items)] : [];
    if (!Array.isArray(items)) return [unread(key, items)];
    return items.flatMap((item: unknown) => list.read(item, around) ?? unread(list.element, item));
  });
  return facts.length > 0 ? facts : [unread("value", value)];
}

function unknownFact(
  type: string,
  payload: unknown,
  where: Partial<Pick<UnknownFact, "wabaId" | "phoneNumberId" | "field">> = {},
): UnknownFact {
  return { kind: "unknown", wabaId: null, phoneNumberId: null, field: null, ...where, type, payload };
}

/** Every webhook field that is read here: what an app must hear of. */
export const webhookFields: readonly string[] = [...numberFields.keys(), ...accountFields.keys()];
