import { z } from "zod";
import type { Fact, UnknownFact } from "./facts.ts";
import { readJson, type JsonProblem } from "./json.ts";
import {
  accountFields,
  readAccount,
  readPhoneQuality,
  readTemplateCategory,
  readTemplateNews,
} from "./webhook-account.ts";
import { readMessage, readProfileNames } from "./webhook-message.ts";
import { readPreference, readStatus } from "./webhook-status.ts";
import { detail, idText, word } from "./wire.ts";

export type WebhookReading = {
  readonly facts: readonly Fact[];
  /** Why the body says nothing at all; null when it could be read, even if some facts are `unknown`. */
  readonly problem: JsonProblem | "not_an_object" | null;
};

const list = z.array(z.unknown());
const envelope = z.object({ object: z.literal("whatsapp_business_account"), entry: list });
const entryShape = z.object({ id: idText, changes: list });
// Passed on as it is: a copy would give keys like "__proto__" a meaning.
const anyObject = z.custom<Readonly<Record<string, unknown>>>((value) => typeof value === "object" && value !== null);
const changeShape = z.object({ field: word, value: anyObject });
const numberValue = z.object({ metadata: z.object({ phone_number_id: idText }), contacts: detail(list) });

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
  const { id, changes } = parsed.data;
  return changes.flatMap((change) => readChange(change, id));
}

function readChange(change: unknown, wabaId: string): Fact[] {
  const parsed = changeShape.safeParse(change);
  if (!parsed.success) return [unknownFact("change", change, { wabaId })];
  const { field, value } = parsed.data;
  switch (field) {
    case "messages":
    case "user_preferences":
      return readNumberChange({ wabaId, field, value });
    case "message_template_status_update":
    case "message_template_quality_update":
      return [readTemplateNews(value, wabaId) ?? unknownFact("value", value, { wabaId, field })];
    case "template_category_update":
      return [readTemplateCategory(value, wabaId) ?? unknownFact("value", value, { wabaId, field })];
    case "phone_number_quality_update":
      return [readPhoneQuality(value, wabaId) ?? unknownFact("value", value, { wabaId, field })];
    default:
      if (accountFields.has(field)) return [readAccount(field, value, wabaId)];
      return [unknownFact("value", value, { wabaId, field })];
  }
}

/** Reads the fields whose value belongs to one number and holds lists: `messages` and `user_preferences`. */
function readNumberChange({ wabaId, field, value }: Change): Fact[] {
  const parsed = numberValue.safeParse(value);
  if (!parsed.success) return [unknownFact("value", value, { wabaId, field })];
  const origin = { wabaId, phoneNumberId: parsed.data.metadata.phone_number_id };
  const names = readProfileNames(parsed.data.contacts ?? []);
  const read = (key: string, type: string, readItem: (item: unknown) => Fact | null): Fact[] => {
    const items = value[key];
    if (items === undefined) return [];
    if (!Array.isArray(items)) return [unknownFact(key, items, { ...origin, field })];
    return items.map((item: unknown) => readItem(item) ?? unknownFact(type, item, { ...origin, field }));
  };
  const facts = [
    ...read("messages", "message", (item) => readMessage(item, origin, names)),
    ...read("statuses", "status", (item) => readStatus(item, origin)),
    ...read("user_preferences", "preference", (item) => readPreference(item, origin)),
    ...read("errors", "error", () => null),
  ];
  return facts.length > 0 ? facts : [unknownFact("value", value, { ...origin, field })];
}

function unknownFact(
  type: string,
  payload: unknown,
  where: Partial<Pick<UnknownFact, "wabaId" | "phoneNumberId" | "field">> = {},
): UnknownFact {
  return { kind: "unknown", wabaId: null, phoneNumberId: null, field: null, ...where, type, payload };
}
