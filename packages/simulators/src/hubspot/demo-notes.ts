import type { DemoRecord } from "./demo-record.ts";

/** What Clara and Tomás wrote down about their contacts. */
export const DEMO_NOTES: readonly DemoRecord[] = [
  {
    id: "501001",
    type: "notes",
    values: {
      hubspot_owner_id: "77002",
      hs_timestamp: "2026-11-18T14:20:00Z",
      hs_note_body:
        "<p>Visited the Pinheiros shop. Two ovens to replace, electrics are fine. Wants the offer in writing.</p>",
    },
    associated: [
      ["contacts", "101001"],
      ["companies", "201001"],
    ],
  },
  {
    id: "501002",
    type: "notes",
    values: {
      hubspot_owner_id: "77002",
      hs_timestamp: "2026-11-20T09:05:00Z",
      hs_note_body:
        "<p>Quote <b>Q-2041</b> approved by Tomás. Asked to be contacted on WhatsApp rather than by e-mail.</p>",
    },
    associated: [["contacts", "101001"]],
  },
  {
    id: "501003",
    type: "notes",
    values: {
      hubspot_owner_id: "77003",
      hs_timestamp: "2026-11-19T16:45:00Z",
      hs_note_body: "<p>Service contract: legal has it, answer expected next week.</p>",
    },
    associated: [["contacts", "101002"]],
  },
];
