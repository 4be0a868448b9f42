import type { SObject } from "../../salesforce/record-store.ts";
import { shownValue } from "./describe-fields.ts";
import type { ActivityView } from "./lightning-view.ts";
import type { OrgSource, PagedRecord } from "./org-source.ts";

/** The fields by which an activity belongs to a record; that of a contact shows on the contact's account too. */
const TASK_PARENTS = ["WhoId", "WhatId", "AccountId"];
const CONVERSATION_PARENTS = ["Contact__c", "Lead__c", "Account__c", "Opportunity__c", "Case__c"];

/** What happened with a record, latest first: tasks, conversations on WhatsApp, its creation. */
export function describeActivities(source: OrgSource, { object, record }: PagedRecord): ActivityView[] {
  const entries = [
    ...source.below("Task", TASK_PARENTS, record.id).map((task) => taskEntry(source, task)),
    ...source
      .below("WA_Conversation__c", CONVERSATION_PARENTS, record.id)
      .map((conversation) => conversationEntry(source, conversation)),
    createdEntry(source, object, record),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function taskEntry(source: OrgSource, task: SObject): ActivityView {
  const day = textOf(task, "ActivityDate");
  const created = textOf(task, "CreatedDate");
  return {
    id: task.id,
    kind: "task",
    title: textOf(task, "Subject") || "Task",
    by: shownValue(source, task, "OwnerId") || null,
    // A task has a day and no hour; on its own day it stands where it was written.
    at: day === "" || created.startsWith(day) ? isoOf(created) : isoOf(day),
    facts: [textOf(task, "Status")],
    body: textOf(task, "Description"),
  };
}

function conversationEntry(source: OrgSource, conversation: SObject): ActivityView {
  const count = conversation.values["Message_Count__c"];
  return {
    id: conversation.id,
    kind: "conversation",
    title: conversation.values["Kind__c"] === "consent" ? "WhatsApp consent" : "WhatsApp conversation",
    by: shownValue(source, conversation, "OwnerId") || null,
    at: isoOf(textOf(conversation, "Last_Message__c") || textOf(conversation, "CreatedDate")),
    facts: typeof count === "number" ? [count === 1 ? "1 message" : `${count} messages`] : [],
    body: textOf(conversation, "Transcript__c"),
  };
}

function createdEntry(source: OrgSource, object: string, record: SObject): ActivityView {
  return {
    id: `${record.id}-created`,
    kind: "created",
    title: `${object} created`,
    by: shownValue(source, record, "CreatedById") || null,
    at: isoOf(textOf(record, "CreatedDate")),
    facts: [],
    body: "",
  };
}

function textOf({ values }: SObject, name: string): string {
  return String(values[name] ?? "");
}

/** Salesforce's `+0000` as the browser's dates want it. */
function isoOf(time: string): string {
  return new Date(time).toISOString();
}
