import type { CrmRecordRef, RecordHeader } from "@aparte/core/crm-record.ts";
import type { ThreadView } from "@aparte/core/crm-thread.ts";
import type { RecordNumber, RecordView } from "@aparte/core/record-view.ts";
import type { MessageView } from "@aparte/core/message.ts";
import { ana, header, message, record } from "./people.ts";

type Ready = Extract<RecordView, { state: "ready" }>;

const account = "aparte-demo";
const acme: RecordHeader = {
  ref: { crm: "salesforce", account, type: "company", id: "001D000000IRFmaIAH" },
  name: "Acme Importação e Exportação",
  url: "https://aparte-demo.lightning.force.com/lightning/r/Account/001D000000IRFmaIAH/view",
};

function contact(name: string, id: string): RecordHeader {
  const ref: CrmRecordRef = { crm: "salesforce", account, type: "contact", id };
  return { ref, name, url: `https://aparte-demo.lightning.force.com/lightning/r/Contact/${id}/view` };
}

const holders = [
  contact("Ana Souza", "003D000000QYVcaIAH"),
  contact("Bruno Lima", "003D000000QYVcbIAH"),
  acme,
] as const;

function number(holder: RecordHeader, label: string, e164: string, display: string): RecordNumber {
  return { label, raw: display, e164, display, holder, verdict: "field" };
}

const numbers: readonly RecordNumber[] = [
  number(holders[0], "Mobile", ana.e164, ana.display),
  { ...number(holders[0], "Home Phone", "+551140041234", "+55 11 4004-1234"), verdict: "not_theirs" },
  number(holders[1], "Mobile", "+5511987650000", "+55 11 98765-0000"),
  { ...number(holders[1], "Phone", "+550", "ask reception"), e164: null },
  number(holders[2], "Phone", "+551133334444", "+55 11 3333-4444"),
];

/** A company on whose page a person of it is open. */
export function company(messages: readonly MessageView[]): Ready {
  const view = record({ messages });
  return {
    ...view,
    record: acme,
    numbers,
    match: { holder: holders[0], reason: "chosen", field: "Mobile", chosenBy: "Léa Martin" },
    elsewhere: [header("Ana Souza")],
    peopleCount: 3,
    conversation: {
      ...view.conversation,
      signals: [{ crm: "salesforce", kind: "do_not_call", field: "Do Not Call" }],
    },
  };
}

/** A person who wrote and whom no record knows. */
export function stranger(messages: readonly MessageView[]): Ready {
  return { ...record({ messages }), record: null, numbers: [], match: null, peopleCount: 0 };
}

const said = (contactId: string, direction: "in" | "out", at: string, text: string) => ({
  contactId,
  message: message(direction, at, text, { id: `${contactId} ${at}` }),
});

export const everyone: ThreadView = {
  record: acme,
  people: [
    { contactId: "a", name: "Ana Souza", number: { e164: ana.e164, display: ana.display }, holder: holders[0] },
    {
      contactId: "b",
      name: "Bruno Lima",
      number: { e164: "+5511987650000", display: "+55 11 98765-0000" },
      holder: holders[1],
    },
    { contactId: "c", name: "@carla.dias", number: null, holder: acme },
  ],
  messages: [
    said("a", "out", "2026-11-23T09:10:00Z", "Hi Ana, your quote Q-2041 is ready."),
    said(
      "b",
      "in",
      "2026-11-23T10:02:00Z",
      "Ana is away this week, please write to me. The invoice went to the old address.",
    ),
    said("c", "in", "2026-11-24T08:40:00Z", "Olá! <b>quando</b> chega a entrega?"),
    said("b", "out", "2026-11-24T09:00:00Z", "Thank you Bruno, I’ll send it to you."),
    said("a", "in", "2026-11-24T13:31:00Z", "Thanks! Can we move delivery to Friday?"),
  ],
  hasMore: true,
};
