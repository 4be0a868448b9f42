import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { LogEntry, LogKeyKind } from "../entry.ts";
import { conversationObject, subjectMark } from "./log-key.ts";
import { beginning, ending } from "./log-text.ts";
import { objects } from "./objects.ts";

/** The fields that say on which records an entry stands, all of them, and those that it then stands on. */
export type Placement = {
  readonly fields: Readonly<Record<string, string | null>>;
  readonly standsOn: readonly CrmRecordRef[];
};

/** What holds an entry in Salesforce: an object and how its fields are filled. */
export type LogHolder = {
  readonly object: string;
  readonly bodyField: string;
  readonly placeFields: readonly string[];
  place(records: readonly CrmRecordRef[]): Placement;
  body(entry: LogEntry): string;
  /** What changes while a session goes on. */
  changing(entry: LogEntry): Readonly<Record<string, unknown>>;
  /** What a new entry needs as well, apart from its owner. */
  initial(entry: LogEntry): Readonly<Record<string, unknown>>;
  /** What is written over everything that anybody said or is called. */
  readonly erased: Readonly<Record<string, string>>;
};

/** What stands in the place of a text that was erased. */
const erasedText = "[erased]";

const lookups = Object.values(objects).map(({ lookup }) => lookup);

/** A record of our package: it has a lookup for one record of each type, and a number for a name. */
const conversation: LogHolder = {
  object: conversationObject,
  bodyField: "Transcript__c",
  placeFields: lookups,
  place(records) {
    const standsOn = records.filter((record) => firstOf(records, record.type) === record);
    const taken = standsOn.map((record) => [objects[record.type].lookup, record.id]);
    const free = lookups.map((lookup) => [lookup, null]);
    return { fields: Object.fromEntries([...free, ...taken]) as Placement["fields"], standsOn };
  },
  body: (entry) => ending(entry.text, 131_072),
  changing: (entry) => ({
    Transcript__c: conversation.body(entry),
    Last_Message__c: entry.at,
    Message_Count__c: entry.messageCount,
  }),
  initial: (entry) => ({ Started__c: entry.startedAt, Kind__c: entry.kind }),
  erased: { Transcript__c: erasedText },
};

/** Which record a task is about when there are several: the nearest to a sale or to help. */
const aboutFirst: readonly RecordType[] = ["deal", "ticket", "company"];

/**
 * An activity of every org. It has a place for a person (`WhoId`) and one for what it is about (`WhatId`), which must be
 * empty with a lead. The person's own record takes its place before any other.
 */
const task: LogHolder = {
  object: "Task",
  bodyField: "Description",
  placeFields: ["WhoId", "WhatId"],
  place(records) {
    const [own] = records;
    const who = records.find(({ type }) => objects[type].place === "who");
    const isOwnAbout = own !== undefined && objects[own.type].place === "what";
    const about = isOwnAbout ? own : aboutFirst.map((type) => firstOf(records, type)).find((found) => found);
    const [person, what] = isOwnAbout && who?.type === "lead" ? [undefined, about] : [who, about];
    const free = person?.type === "lead" ? undefined : what;
    return {
      fields: { WhoId: person?.id ?? null, WhatId: free?.id ?? null },
      standsOn: records.filter((record) => record === person || record === free),
    };
  },
  body: (entry) => ending(entry.text, 32_000),
  changing: (entry) => ({
    Subject: subjectOf(entry),
    Description: task.body(entry),
    ActivityDate: entry.at.slice(0, 10),
  }),
  initial: () => ({ Priority: "Normal", TaskSubtype: "Task" }),
  erased: { Subject: erasedText, Description: erasedText },
};

export const holders: Readonly<Record<LogKeyKind, LogHolder>> = { unique: conversation, read_back: task };

/** An entry that exists stays what it is, whatever was installed in the meantime. */
export function holderOf({ externalId, logKeyKind }: Pick<LogEntry, "externalId" | "logKeyKind">): LogHolder {
  return externalId === null ? holders[logKeyKind] : holderById(externalId);
}

export function holderById(externalId: string): LogHolder {
  return externalId.startsWith("00T") ? task : conversation;
}

function subjectOf({ title, logKey }: LogEntry): string {
  const mark = subjectMark(logKey);
  return `${beginning(title, 255 - mark.length - 1)} ${mark}`;
}

function firstOf(records: readonly CrmRecordRef[], type: RecordType): CrmRecordRef | undefined {
  return records.find((record) => record.type === type);
}
