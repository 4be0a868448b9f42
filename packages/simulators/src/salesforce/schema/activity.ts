import { date, datetime, field, flag, longText, picklist, reference, text } from "./field.ts";
import type { Field } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** What a task can be about beside a person. */
const ABOUT = ["Account", "Opportunity", "Case", "WA_Conversation__c"];

/** The statuses of a task; an org can name them otherwise, so callers read them from `TaskStatus`. */
export const TASK_STATUSES: readonly { name: string; closed?: boolean }[] = [
  { name: "Not Started" },
  { name: "In Progress" },
  { name: "Completed", closed: true },
  { name: "Waiting on someone else" },
  { name: "Deferred" },
];

const CALL_TYPES = ["Inbound", "Internal", "Outbound"];
const TASK_SUBTYPES = ["Task", "Email", "Call", "ListEmail", "Cadence", "LinkedIn"];

/** What tasks and events have in common; `children` is their name among the records of a parent. */
function activityFields(children: "Tasks" | "Events"): Field[] {
  return [
    reference("WhoId", ["Contact", "Lead"], { childRelationshipName: children, cascadeDelete: true }),
    reference("WhatId", ABOUT, { childRelationshipName: children, cascadeDelete: true }),
    reference("AccountId", ["Account"], { readOnly: true }),
    owner(),
    text("Subject", 255),
    longText("Description", 32_000),
    flag("IsArchived", { readOnly: true }),
  ];
}

export const TASK: ObjectDefinition = {
  name: "Task",
  keyPrefix: "00T",
  fields: [
    ...activityFields("Tasks"),
    picklist(
      "Status",
      TASK_STATUSES.map(({ name }) => name),
      { required: true, restricted: true, defaultValue: "Not Started" },
    ),
    picklist("Priority", ["High", "Normal", "Low"], { required: true, restricted: true, defaultValue: "Normal" }),
    date("ActivityDate"),
    picklist("Type", ["Call", "Email", "Meeting", "Other"]),
    picklist("TaskSubtype", TASK_SUBTYPES, { createOnly: true, restricted: true, defaultValue: "Task" }),
    picklist("CallType", CALL_TYPES, { restricted: true }),
    field("CallDurationInSeconds", "int"),
    text("CallDisposition", 255),
    text("CallObject", 255),
    flag("IsClosed", { readOnly: true }),
    flag("IsHighPriority", { readOnly: true }),
    datetime("CompletedDateTime", { readOnly: true }),
    flag("IsReminderSet"),
    datetime("ReminderDateTime"),
  ],
};

export const EVENT: ObjectDefinition = {
  name: "Event",
  keyPrefix: "00U",
  fields: [
    ...activityFields("Events"),
    text("Location", 255),
    flag("IsAllDayEvent"),
    datetime("StartDateTime", { required: true }),
    datetime("EndDateTime"),
    field("DurationInMinutes", "int", { required: true }),
    date("ActivityDate", { readOnly: true }),
    picklist("ShowAs", ["Busy", "OutOfOffice", "Free"], { restricted: true, defaultValue: "Busy" }),
    flag("IsPrivate"),
  ],
};

/** The statuses of tasks as records of their own. */
export const TASK_STATUS: ObjectDefinition = {
  name: "TaskStatus",
  label: "Task Status Value",
  keyPrefix: "01J",
  writable: false,
  recycled: false,
  fields: [
    text("MasterLabel", 255, { nameField: true }),
    text("ApiName", 255),
    field("SortOrder", "int"),
    flag("IsDefault", { readOnly: true }),
    flag("IsClosed", { readOnly: true }),
  ],
};
