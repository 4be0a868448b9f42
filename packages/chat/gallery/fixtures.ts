import type { PanelFacts } from "@aparte/core/panel-state.ts";
import type { MessageView } from "@aparte/core/message.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import { company, stranger } from "./companies.ts";
import { brokenFiles, marks, mediaTalk, others, placesAndPeople, questions, templateTalk } from "./kinds.ts";
import { ana, gate, header, layla, maximilian, message, noConsent, optedOut, record } from "./people.ts";
import type { World } from "./port.ts";
import { richTemplates } from "./rich-templates.ts";

/** One state of the panel with everything that leads to it. */
export type Fixture = {
  readonly facts: PanelFacts;
  readonly world?: World;
  readonly locale?: "en" | "fr" | "ar";
  /** Template that is being filled in. */
  readonly filling?: string;
  readonly retryAt?: string;
};

const template = {
  kind: "template",
  templateId: "t",
  name: "quote_ready",
  language: "en",
  values: {},
  bubble: {
    header: null,
    headerMedia: null,
    headerFile: null,
    headerLocation: null,
    offer: null,
    body: "Hi Ana, your quote *Q-2041* is ready. Reply STOP to opt out.",
    footer: null,
    buttons: [],
    cards: [],
  },
} as const;

const talk = [
  message("out", "2026-11-23T16:20:00Z", template),
  message("in", "13:31", "Thanks! Can we move delivery to Friday?", { replyTo: "out-2026-11-23T16:20:00Z" }),
  message("in", "13:32", { kind: "other", type: "audio", caption: null }),
  message("out", "13:39", "Yes, Friday works. I’ll send the updated PDF.", { state: "delivered" }),
  message("out", "13:40", "It is on its way: https://example.com/q-2041", { state: "sent" }),
  message("out", "13:41", "Anything else?", { state: "queued" }),
];

const before = [
  message("out", "2026-11-20T09:12:00Z", "Your order has left our workshop."),
  message("in", "2026-11-21T13:05:00Z", "Perfect, thank you!"),
];

const stopped = [
  message("out", "2026-11-22T10:00:00Z", { ...template, name: "autumn_offer" }),
  message("in", "2026-11-22T14:02:00Z", "STOP"),
];

const arabicTalk = [
  message("in", "12:30", "مرحباً، هل يمكنني تغيير موعد التسليم؟"),
  message("out", "12:32", "نعم بالتأكيد، ما اليوم المناسب لك؟"),
  message("in", "12:40", "Order #A-1042 please"),
  message("out", "12:41", "أرسلت لك الفاتورة الآن.", {
    state: "failed",
    failure: { code: "messaging.connection_failed", details: null },
  }),
];

const failures = [
  message("in", "13:20", "Could you send me the invoice?"),
  message("out", "13:22", "Here it is.", {
    state: "failed",
    failure: { code: "messaging.undeliverable", details: "Message undeliverable (131026)" },
  }),
  message("out", "13:25", "Is this the right number?", { state: "unconfirmed" }),
];

const several = record({ messages: talk });

/** Every state that the panel can be in, by name. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  signed_out: { facts: at(null, { signedIn: false }) },
  api_unreachable: {
    facts: at(record({ messages: talk }), { reachable: false }),
    world: { draft: "One more thing:" },
    retryAt: "2026-11-24T13:42:08Z",
  },
  api_unreachable_unread: { facts: at(null, { reachable: false }), retryAt: "2026-11-24T13:42:08Z" },
  offline: { facts: at(record({ messages: talk }), { reachable: false, online: false }) },
  no_record: { facts: at(null, { recordOpen: false }) },
  loading: { facts: at(null) },
  crm_not_connected: { facts: at({ state: "unavailable", reason: "crm.not_connected", record: null }) },
  record_not_found: { facts: at({ state: "unavailable", reason: "crm.record_not_found", record: null }) },
  no_number: { facts: at({ state: "no_number", record: header("Ana Souza"), people: [] }) },
  invalid_number: {
    facts: at({
      state: "invalid_number",
      record: header("Ana Souza"),
      numbers: [
        {
          label: "Mobile",
          raw: "06 12 34 56 7",
          e164: null,
          display: "06 12 34 56 7",
          holder: header("Ana Souza"),
          verdict: "field",
        },
      ],
    }),
  },
  several_numbers: {
    facts: at({
      ...several,
      numbers: [
        ...several.numbers,
        {
          label: "Work",
          raw: "+551133334444",
          e164: "+551133334444",
          display: "+55 11 3333-4444",
          holder: header("Ana Souza"),
          verdict: "field",
        },
      ],
    }),
  },
  company: { facts: at(company(talk)) },
  company_fr: { facts: at(company(talk)), locale: "fr" },
  company_rtl: { facts: at(company(arabicTalk)), locale: "ar" },
  no_match: { facts: at(stranger(talk)) },
  channel_unusable: {
    facts: at(
      record({
        messages: talk,
        more: { channel: { ...several.conversation.channel, usable: false, problem: "channels.token_invalid" } },
      }),
    ),
  },
  sync_failed: {
    facts: at(
      record({
        messages: talk,
        more: { sync: { state: "failed", lastSyncedAt: null, reason: "crm.connection_ended" } },
      }),
    ),
  },
  window_open: { facts: at(record({ messages: talk })), world: { seen: "2026-11-23T20:00:00Z", draft: "Great" } },
  window_open_fr: { facts: at(record({ messages: talk })), locale: "fr" },
  window_closing: {
    facts: at(record({ messages: [message("in", "2026-11-23T14:20:00Z", "Are you there?")] })),
    world: { draft: "x".repeat(3600) },
  },
  window_closed: {
    facts: at(record({ messages: before, person: maximilian })),
    world: { draft: "Your parcel will arrive on Friday." },
  },
  window_closed_fr: { facts: at(record({ messages: before, person: maximilian })), locale: "fr" },
  template_missing_value: {
    facts: at(record({ messages: before, person: maximilian })),
    world: { draft: "Your parcel will arrive on Friday." },
    filling: "order_shipped",
  },
  template_ready: { facts: at(record({ messages: before })), filling: "autumn_offer" },
  rich_templates: { facts: at(record({ messages: before, more: { templates: richTemplates } })) },
  no_consent: { facts: at(record({ messages: before, consent: noConsent })) },
  under_review: {
    facts: at(
      record({
        messages: [...talk.slice(0, 4), message("in", "13:41", "Leave me alone please")],
        more: { gate: { ...gate, underReview: true } },
      }),
    ),
  },
  held: {
    facts: at(
      record({
        messages: [
          ...talk.slice(0, 4),
          message("out", "13:41", template, {
            state: "queued",
            held: { until: "2026-11-25T12:00:00Z", because: "messaging.quiet_hours" },
          }),
        ],
        more: { gate: { ...gate, marketingSentAt: ["2026-11-24T08:00:00Z"] } },
      }),
    ),
  },
  opted_out: { facts: at(record({ messages: stopped, consent: optedOut("STOP", "2026-11-22T14:02:00Z") })) },
  opted_out_window_open: {
    facts: at(
      record({
        messages: [...talk.slice(0, 4), message("in", "13:41", "Stop please")],
        consent: optedOut("Stop please", "2026-11-24T13:41:00Z"),
      }),
    ),
  },
  failed: { facts: at(record({ messages: failures })) },
  failed_rtl: { facts: at(record({ messages: arabicTalk, person: layla })), locale: "ar" },
  ...Object.fromEntries(
    Object.entries({ mediaTalk, brokenFiles, placesAndPeople, questions, templateTalk, marks, others }).flatMap(
      ([name, messages]): [string, Fixture][] => [
        [`kinds_${name}`, { facts: at(record({ messages: withHello(messages) })) }],
        [`kinds_${name}_fr`, { facts: at(record({ messages: withHello(messages) })), locale: "fr" }],
      ],
    ),
  ),
  empty: { facts: at(record({ person: ana })) },
  long: {
    facts: at(record({ messages: manyMessages(300).slice(150), more: { hasOlder: true } })),
    world: { older: manyMessages(300).slice(0, 150) },
  },
};

function at(view: RecordView | null, more: Partial<PanelFacts> = {}): PanelFacts {
  return { signedIn: true, online: true, reachable: true, recordOpen: true, view, ...more };
}

/** Each talk begins with words of the person, so that the window is open. */
function withHello(messages: readonly MessageView[]): readonly MessageView[] {
  return [message("in", "12:55", "Good morning!"), ...messages];
}

function manyMessages(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.parse("2026-11-14T08:00:00Z") + index * 2_700_000).toISOString();
    const words = "The quick brown fox jumps over the lazy dog. ".repeat((index % 4) + 1);
    return message(index % 3 === 0 ? "in" : "out", time, `${index + 1}. ${words}`, { id: `message-${index + 1}` });
  });
}
