/** The objects of this portal, by the name HubSpot uses in paths. */
export type ObjectTypeName = "contacts" | "companies" | "deals" | "tickets" | ActivityName;

/** What lies on the timeline of those. */
export type ActivityName = "communications" | "notes" | "tasks" | "calls" | "emails" | "meetings";

/** A CRM object type: its path names, its type id and the scopes and properties that go with it. */
export type ObjectType = {
  /** Type id as in UI links and generic webhooks, such as `0-1`. */
  id: string;
  name: ObjectTypeName;
  singular: string;
  /** Scopes of which one opens reading or writing. Activities are governed by the contact scopes. */
  scopes: {
    read: readonly string[];
    write: readonly string[];
    schemaRead: readonly string[];
    schemaWrite: readonly string[];
  };
  /** Whether it lies on the timelines of other records. */
  isActivity?: boolean;
  /** Names of the read-only properties that hold the time of creation and of the last change. */
  createdProperty: string;
  modifiedProperty: string;
  /** What an answer holds when no properties were asked for. */
  defaultProperties: readonly string[];
  /** Properties without which a record is refused. */
  requiredProperties: readonly string[];
  /** Properties that a search `query` looks into. */
  searchedProperties: readonly string[];
};

function crmScopes(family: string): ObjectType["scopes"] {
  return {
    read: [`crm.objects.${family}.read`],
    write: [`crm.objects.${family}.write`],
    schemaRead: [`crm.schemas.${family}.read`, `crm.objects.${family}.read`],
    schemaWrite: [`crm.schemas.${family}.write`],
  };
}

const TICKET_SCOPES = { read: ["tickets"], write: ["tickets"], schemaRead: ["tickets"], schemaWrite: ["tickets"] };
const OBJECT_TIMES = { createdProperty: "createdate", modifiedProperty: "hs_lastmodifieddate" };

/** What all activities have in common. */
function activity(searchedProperties: readonly string[], required: readonly string[] = []) {
  return {
    scopes: crmScopes("contacts"),
    isActivity: true,
    createdProperty: "hs_createdate",
    modifiedProperty: "hs_lastmodifieddate",
    defaultProperties: [],
    requiredProperties: [...required, "hs_timestamp"],
    searchedProperties,
  };
}

/** Every object type of this portal. A further one is one more row. */
export const OBJECT_TYPES: readonly ObjectType[] = [
  {
    id: "0-1",
    name: "contacts",
    singular: "contact",
    scopes: crmScopes("contacts"),
    createdProperty: "createdate",
    modifiedProperty: "lastmodifieddate",
    defaultProperties: ["email", "firstname", "lastname"],
    requiredProperties: [],
    searchedProperties: ["firstname", "lastname", "email", "phone", "mobilephone", "company"],
  },
  {
    id: "0-2",
    name: "companies",
    singular: "company",
    scopes: crmScopes("companies"),
    ...OBJECT_TIMES,
    defaultProperties: ["domain", "name"],
    requiredProperties: [],
    searchedProperties: ["name", "domain", "phone"],
  },
  {
    id: "0-3",
    name: "deals",
    singular: "deal",
    scopes: crmScopes("deals"),
    ...OBJECT_TIMES,
    defaultProperties: ["amount", "closedate", "dealname", "dealstage", "pipeline"],
    requiredProperties: ["dealname", "dealstage"],
    searchedProperties: ["dealname"],
  },
  {
    id: "0-5",
    name: "tickets",
    singular: "ticket",
    scopes: TICKET_SCOPES,
    ...OBJECT_TIMES,
    defaultProperties: ["content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "subject"],
    requiredProperties: ["subject", "hs_pipeline_stage"],
    searchedProperties: ["subject", "content"],
  },
  {
    id: "0-18",
    name: "communications",
    singular: "communication",
    ...activity(["hs_communication_body"], ["hs_communication_channel_type", "hs_communication_logged_from"]),
  },
  { id: "0-46", name: "notes", singular: "note", ...activity(["hs_note_body"]) },
  { id: "0-27", name: "tasks", singular: "task", ...activity(["hs_task_subject", "hs_task_body"]) },
  { id: "0-48", name: "calls", singular: "call", ...activity(["hs_call_title", "hs_call_body"]) },
  {
    id: "0-49",
    name: "emails",
    singular: "email",
    ...activity(["hs_email_subject", "hs_email_text"], ["hs_email_direction"]),
  },
  { id: "0-47", name: "meetings", singular: "meeting", ...activity(["hs_meeting_title", "hs_meeting_body"]) },
];

/** Finds a type by what may stand in a path: its plural or singular name, or its type id. */
export function findObjectType(segment: string): ObjectType | undefined {
  const wanted = segment.toLowerCase();
  return OBJECT_TYPES.find((type) => type.id === wanted || type.name === wanted || type.singular === wanted);
}

/** The type of a name that this program itself wrote down. */
export function objectType(name: ObjectTypeName): ObjectType {
  const type = OBJECT_TYPES.find((candidate) => candidate.name === name);
  if (type === undefined) throw new Error(`no object type ${name}`);
  return type;
}
