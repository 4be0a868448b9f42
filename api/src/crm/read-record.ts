import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmExpired } from "@aparte/crm/outcome.ts";
import type { CrmRecord, Whereabouts } from "@aparte/crm/record.ts";
import type { Deps } from "../platform/context.ts";
import { fieldsOf } from "./fields.ts";
import type { SessionFailure, Speaker } from "./session.ts";

/** What became of a record that was asked for: itself or its successor, or nothing that can be shown. */
export type ReadOutcome =
  | { readonly outcome: "done"; readonly record: CrmRecord }
  | { readonly outcome: "not_found"; readonly state: "deleted" | "unknown" }
  | CrmExpired
  | SessionFailure;

/** So many merges and conversions one after the other are followed. */
const longestChain = 5;

/** Reads a record whole, in a session. One that the CRM no longer has is looked for under what it became. */
export async function readWhole(deps: Deps, speaker: Speaker, ref: CrmRecordRef): Promise<ReadOutcome> {
  let asked = ref;
  for (let turn = 0; turn < longestChain; turn += 1) {
    const fields = await fieldsOf(deps, speaker, asked.type);
    if (fields.outcome !== "done") return fields;
    const read = await speaker.adapter.readRecord(speaker.session, asked, fields.fields);
    if (read.outcome !== "not_found") return read;
    const located = await speaker.adapter.locate(speaker.session, [asked]);
    if (located.outcome !== "done") return located;
    const next = successorOf(located.found[0]);
    if (typeof next === "string") return { outcome: "not_found", state: next };
    asked = next;
  }
  return { outcome: "not_found", state: "unknown" };
}

function successorOf(whereabouts: Whereabouts | undefined): CrmRecordRef | "deleted" | "unknown" {
  if (whereabouts?.into) return whereabouts.into;
  return whereabouts?.state === "deleted" ? "deleted" : "unknown";
}
