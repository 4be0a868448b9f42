import type { ConsentEntry, ConsentView } from "@aparte/core/consent.ts";
import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import type { MessageContent } from "@aparte/core/message-content.ts";
import type { MessageState, MessageView } from "@aparte/core/message.ts";
import type { RecordHeader } from "@aparte/core/crm-record.ts";
import type { ConversationSnapshot, PersonView, RecordView } from "@aparte/core/record-view.ts";
import type { GateFacts } from "@aparte/core/send-decision.ts";
import { windowAt } from "@aparte/core/window.ts";
import type { LedgerEntry } from "../src/consent/consent-port.ts";
import { templates } from "./templates.ts";

/** The one moment at which every fixture is shown. */
export const now = new Date("2026-11-24T13:42:00Z");

export const ana = person("Ana Souza", "+5511912345678", "+55 11 91234-5678", "America/Sao_Paulo");
export const maximilian = person("Maximilian Krämer-Schönfeldt", "+4915123456789", "+49 151 23456789", "Europe/Berlin");
export const layla = person("ليلى حداد", "+971501234567", "+971 50 123 4567", "Asia/Dubai");

const agreed: ConsentEntry = {
  id: "consent-1",
  purpose: "marketing",
  channelId: null,
  action: "given",
  method: "phone_call",
  occurredAt: "2026-10-02T09:00:00Z",
  recordedAt: "2026-10-02T09:05:00Z",
  expiresAt: "2028-10-02T09:00:00Z",
  wording: "Yes, send me offers on WhatsApp.",
  language: "en",
  evidence: {},
  annuls: null,
  actor: "Paul Martin",
};

export const ledger: readonly LedgerEntry[] = [{ ...agreed, actId: agreed.id, writer: "Paul Martin" }];

export const gate: GateFacts = {
  person: { restricted: false, country: "BR", zones: ["America/Sao_Paulo"], holidays: [] },
  underReview: false,
  marketingRestsUntil: null,
  marketingSentAt: [],
  unreadInARow: 0,
  budget: null,
  policy: defaultPolicy,
};

const free = { charge: "free", because: "window" } as const;

const unknown = { state: "unknown" } as const;
export const noConsent: ConsentView = {
  marketing: unknown,
  utility: unknown,
  authentication: unknown,
  service: unknown,
  entries: 0,
};
export const optedIn: ConsentView = {
  ...noConsent,
  marketing: { state: "opted_in", by: agreed, until: agreed.expiresAt },
  entries: 1,
};

/** Consent after the person wrote `wording` at `occurredAt`. */
export function optedOut(wording: string, occurredAt: string): ConsentView {
  const by = {
    ...agreed,
    id: "consent-2",
    action: "withdrawn",
    method: "keyword",
    wording,
    occurredAt,
    actor: null,
  } as const;
  const out = (purpose: ConsentEntry["purpose"]) =>
    ({ state: "opted_out", by: { ...by, purpose }, liftedBy: "person" }) as const;
  const stopped = { marketing: out("marketing"), utility: out("utility"), authentication: out("authentication") };
  return { ...noConsent, ...stopped, entries: 4 };
}

/** A message said at a time of the gallery's day, or of `day`. */
export function message(
  direction: "in" | "out",
  at: string,
  content: string | MessageContent,
  more: Partial<MessageView> = {},
): MessageView {
  const time = at.includes("T") ? at : `2026-11-24T${at}:00Z`;
  const state: MessageState = direction === "in" ? "received" : "read";
  return {
    id: `${direction}-${at}`,
    conversationId: "conversation-1",
    direction,
    author: direction === "in" ? null : "Paul Martin",
    content: typeof content === "string" ? { kind: "text", text: content } : content,
    state,
    at: time,
    deliveredAt: time,
    readAt: state === "read" ? time : null,
    replyTo: null,
    context: null,
    files: [],
    reactions: [],
    editedAt: null,
    held: null,
    failure: null,
    ...more,
  };
}

type Told = {
  readonly person?: PersonView;
  readonly consent?: ConsentView;
  readonly messages?: readonly MessageView[];
  readonly more?: Partial<ConversationSnapshot>;
};

/** What opening the record of a person answers, with the window as their last message leaves it. */
export function record(told: Told): Extract<RecordView, { state: "ready" }> {
  const { person = ana, consent = optedIn, messages = [], more = {} } = told;
  const lastInbound = messages.findLast((one) => one.direction === "in")?.at ?? null;
  return {
    state: "ready",
    record: header(person.name),
    numbers: [
      {
        label: "Mobile",
        raw: person.display,
        e164: person.e164,
        display: person.display,
        holder: header(person.name),
        verdict: "field",
      },
    ],
    match: { holder: header(person.name), reason: "field", field: "Mobile", chosenBy: null },
    elsewhere: [],
    peopleCount: 1,
    conversation: {
      signals: [],
      person,
      channel: {
        id: "channel-1",
        displayPhoneNumber: "+33 1 23 45 67 89",
        verifiedName: "Atelier Nord",
        qualityRating: "GREEN",
        usable: true,
        problem: null,
      },
      consent,
      window: windowAt(lastInbound, now),
      messages,
      hasOlder: false,
      templates,
      fields: [
        { name: "firstname", label: "Contact › First name", value: person.name.split(" ")[0] ?? "" },
        { name: "delivery_date", label: "Deal › Delivery date", value: "24 Nov" },
      ],
      blocked: false,
      gate,
      prices: { SERVICE: free, UTILITY: free, AUTHENTICATION: free, MARKETING: free },
      sync: { state: "synced", lastSyncedAt: "2026-11-24T13:40:00Z", reason: null },
      cursor: "1",
      ...more,
    },
  };
}

export function header(name: string): RecordHeader {
  const ref = { crm: "hubspot", account: "4242", type: "contact", id: "101" } as const;
  return { ref, name, url: "https://app.hubspot.com/contacts/4242/record/0-1/101" };
}

function person(name: string, e164: string, display: string, timeZone: string): PersonView {
  return { contactId: "contact-1", name, e164, display, timeZone };
}
