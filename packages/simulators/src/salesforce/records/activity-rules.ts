import type { Org } from "../org.ts";
import type { SObject } from "../record-store.ts";
import { refused } from "../salesforce-error.ts";
import { salesforceDay, salesforceTime } from "../salesforce-time.ts";
import { TASK_STATUSES } from "../schema/activity.ts";
import type { FieldValue } from "../schema/field.ts";
import type { Values } from "./read-values.ts";
import type { Draft, Rule } from "./rule.ts";

const MINUTE_MS = 60_000;
const CLOSED = new Set<FieldValue | undefined>(
  TASK_STATUSES.flatMap(({ name, closed }) => (closed === true ? [name] : [])),
);

/** A task belongs to the account of what it is about, and is done when its status says so. */
export const taskRule: Rule = {
  derive: (draft) => {
    const { at, values, before } = draft;
    const isClosed = CLOSED.has(values["Status"]);
    const completed = before?.values["CompletedDateTime"] ?? salesforceTime(at);
    return {
      ...relate(draft),
      IsClosed: isClosed,
      IsHighPriority: values["Priority"] === "High",
      CompletedDateTime: isClosed ? completed : null,
    };
  },
  after: ({ write: { org, at }, record: { values } }) => {
    if (values["IsClosed"] === true) touch(org, values, values["ActivityDate"] ?? salesforceDay(at));
  },
};

/** An event lasts until its end or for its duration, whichever is given. */
export const eventRule: Rule = {
  derive: (draft) => {
    const { values, given } = draft;
    const start = Date.parse(String(values["StartDateTime"]));
    const end = given["EndDateTime"];
    const minutes =
      typeof end === "string"
        ? (Date.parse(end) - start) / MINUTE_MS
        : Number(values["DurationInMinutes"] ?? Number.NaN);
    if (Number.isNaN(start) || Number.isNaN(minutes)) return relate(draft);
    if (minutes < 0)
      throw refused("FIELD_INTEGRITY_EXCEPTION", "Your event can't end before it starts", ["EndDateTime"]);
    return {
      ...relate(draft),
      ActivityDate: salesforceDay(start),
      DurationInMinutes: minutes,
      EndDateTime: salesforceTime(start + minutes * MINUTE_MS),
    };
  },
};

function relate({ org, values }: Draft): Values {
  const { WhoId: who, WhatId: what } = values;
  if (typeof who === "string" && typeof what === "string" && who.startsWith(org.schema.object("Lead").keyPrefix)) {
    throw refused(
      "FIELD_INTEGRITY_EXCEPTION",
      "You can only associate a lead with an activity that is related to no other record.",
      ["WhatId"],
    );
  }
  return { AccountId: accountOf(org, what) ?? accountOf(org, who) ?? null };
}

/** The account of a record: itself, or the one it belongs to. */
function accountOf(org: Org, id: FieldValue | undefined): FieldValue | undefined {
  const record = parentOf(org, id);
  return record?.type.name === "Account" ? record.id : record?.values["AccountId"];
}

/** Notes on the people and records of an activity when they were last dealt with. That is no change of theirs. */
function touch(org: Org, activity: Values, day: FieldValue): void {
  for (const id of [activity["WhoId"], activity["WhatId"], activity["AccountId"]]) {
    const record = parentOf(org, id);
    if (record?.type.field("LastActivityDate") === undefined) continue;
    if (String(record.values["LastActivityDate"] ?? "") >= String(day)) continue;
    org.records.put({ ...record, values: { ...record.values, LastActivityDate: day } });
  }
}

function parentOf(org: Org, id: FieldValue | undefined): SObject | undefined {
  const type = typeof id === "string" ? org.schema.ofId(id) : undefined;
  return type === undefined ? undefined : org.records.live(type, String(id));
}
