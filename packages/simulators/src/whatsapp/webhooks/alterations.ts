import type { Alteration, WebhookFault } from "../../platform/faults.ts";
import { personOf } from "../people/directory.ts";
import { contactOf, userIds } from "../people/person-values.ts";
import type { Parties } from "../people/person-values.ts";
import type { State } from "../state.ts";
import type { Update } from "./envelope.ts";

type Value = Record<string, unknown>;
type Alter = (update: Update, state: State) => Update[];

const ALTER: Record<Alteration, Alter> = {
  omit_contacts: (update) => {
    const { contacts: _, ...value } = update.value;
    return [{ ...update, value }];
  },
  contacts_on_failed: (update, state) => [{ ...update, value: withContactsOnFailed(update.value, state) }],
  unknown_field: (update) => [
    update,
    { ...update, field: "tracking_events", value: { event: "seen" }, isUnknown: true },
  ],
  unknown_type: (update) => [
    { ...update, value: mapList(update.value, "messages", ({ type, ...rest }) => hologram(String(type), rest)) },
  ],
  unknown_keys: (update) => [{ ...update, value: withUnknownKeys(update.value) }],
  errors_value: (update) => [update, { ...update, value: errorsValue(update.value) }],
};

/** The updates that are sent instead of this one, by the `alter` rules that strike it: one or several. */
export function altered(state: State, update: Update, faults: readonly WebhookFault[]): Update[] {
  let updates = [update];
  for (const fault of faults) {
    if (fault.kind === "alter") updates = updates.flatMap((each) => ALTER[fault.how](each, state));
  }
  return updates;
}

/** Contacts and the BSUID on a failed status too: seen in a real capture, against the documentation. */
function withContactsOnFailed(value: Value, state: State): Value {
  const failed = listOf(value.statuses).find(({ status }) => status === "failed");
  const parties = partiesOf(state, String(failed?.id));
  if (failed === undefined || parties === undefined) return value;
  const contacts = [contactOf(parties, { phone: "recipient_id" in failed, username: false })];
  const ids = userIds(parties, "recipient_");
  return { ...mapList(value, "statuses", (status) => ({ ...status, ...ids })), contacts };
}

function partiesOf(state: State, wamid: string): Parties | undefined {
  const message = state.messages.get(wamid);
  const number = state.numbers.get(message?.phoneNumberId ?? "");
  const account = state.accounts.get(number?.accountId ?? "");
  if (message === undefined || number === undefined || account === undefined) return undefined;
  return { state, account, number, person: personOf(state, message.waId) };
}

function hologram(type: string, message: Value): Value {
  const { [type]: content, ...rest } = message;
  return { ...rest, type: "hologram", hologram: { content } };
}

function withUnknownKeys(value: Value): Value {
  const mark = (item: Value): Value => ({ ...item, unheard_of: { level: 1, words: ["é"] } });
  return ["contacts", "messages", "statuses"].reduce((marked, key) => mapList(marked, key, mark), mark(value));
}

function errorsValue({ messaging_product, metadata }: Value): Value {
  const title = "Something went wrong";
  const errors = [{ code: 131000, title, message: title, error_data: { details: "An unknown error has occurred." } }];
  return { messaging_product, metadata, errors };
}

function mapList(value: Value, key: string, change: (item: Value) => Value): Value {
  return Array.isArray(value[key]) ? { ...value, [key]: listOf(value[key]).map(change) } : value;
}

function listOf(value: unknown): Value[] {
  return Array.isArray(value) ? value.filter((item): item is Value => typeof item === "object" && item !== null) : [];
}
