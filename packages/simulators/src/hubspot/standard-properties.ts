import type { ObjectTypeName } from "./object-types.ts";
import {
  calculated,
  choice,
  choices,
  date,
  datetime,
  html,
  longText,
  number,
  owner,
  phone,
  readOnly,
  text,
} from "./property-definition.ts";
import type { PropertyDefinition } from "./property-definition.ts";
import { CALL, EMAIL, MEETING } from "./engagement-properties.ts";
import { INDUSTRIES } from "./industries.ts";
import { PIPELINES } from "./pipelines.ts";

/** Properties of every record of every type. */
const RECORD = [readOnly("hs_object_id", "Record ID", "number"), owner()];

const OBJECT = [
  ...RECORD,
  readOnly("createdate", "Create date", "datetime"),
  readOnly("hs_lastmodifieddate", "Last modified date", "datetime"),
  readOnly("hs_merged_object_ids", "Merged object IDs", "string"),
];

const ACTIVITY = [
  ...RECORD,
  readOnly("hs_createdate", "Create date", "datetime"),
  readOnly("hs_lastmodifieddate", "Last modified date", "datetime"),
  readOnly("hs_unique_creation_key", "Unique creation key", "string"),
  datetime("hs_timestamp", "Activity date"),
  text("hs_attachment_ids", "Attached file IDs"),
];

const ADDRESS = [
  text("address", "Street address"),
  text("city", "City"),
  text("state", "State/Region"),
  text("zip", "Postal code"),
  text("country", "Country/Region"),
];

const LIFECYCLE_STAGES = [
  ["subscriber", "Subscriber"],
  ["lead", "Lead"],
  ["marketingqualifiedlead", "Marketing qualified lead"],
  ["salesqualifiedlead", "Sales qualified lead"],
  ["opportunity", "Opportunity"],
  ["customer", "Customer"],
  ["evangelist", "Evangelist"],
  ["other", "Other"],
] as const;

const LEAD_STATUSES = [
  ["NEW", "New"],
  ["OPEN", "Open"],
  ["IN_PROGRESS", "In progress"],
  ["OPEN_DEAL", "Open deal"],
  ["UNQUALIFIED", "Unqualified"],
  ["ATTEMPTED_TO_CONTACT", "Attempted to contact"],
  ["CONNECTED", "Connected"],
  ["BAD_TIMING", "Bad timing"],
] as const;

const LANGUAGES = [
  ["ar", "Arabic"],
  ["de", "German"],
  ["en", "English"],
  ["es", "Spanish"],
  ["fr", "French"],
  ["it", "Italian"],
  ["nl", "Dutch"],
  ["pt", "Portuguese"],
  ["pt-br", "Portuguese - Brazil"],
] as const;

/** Names that HubSpot offers beside the cities. */
const OTHER_ZONES = [
  ...[
    "Alaska",
    "Arizona",
    "Central",
    "East-Indiana",
    "Eastern",
    "Hawaii",
    "Michigan",
    "Mountain",
    "Pacific",
    "Samoa",
  ].map((name) => `US/${name}`),
  ...["Atlantic", "Central", "Eastern", "Mountain", "Newfoundland", "Pacific", "Saskatchewan", "Yukon"].map(
    (name) => `Canada/${name}`,
  ),
  ...["Acre", "DeNoronha", "East", "West"].map((name) => `Brazil/${name}`),
];

/** HubSpot writes a zone without the signs that its values may not hold, and names it by its offset of today. */
const TIME_ZONES = [...Intl.supportedValuesOf("timeZone"), ...OTHER_ZONES].map((timeZone) => {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(new Date());
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value.slice("GMT".length) || "+00:00";
  const value = timeZone.toLowerCase().replaceAll("/", "_slash_").replaceAll("-", "_hyphen_");
  return [value, `UTC ${offset} ${timeZone.replaceAll("/", " ").replaceAll("_", " ")}`] as const;
});

const PRIORITIES = [
  ["LOW", "Low"],
  ["MEDIUM", "Medium"],
  ["HIGH", "High"],
] as const;

/** The priorities of a deal are written otherwise than those of tickets and tasks. */
const LOWER_PRIORITIES = PRIORITIES.map(([value, label]) => [value.toLowerCase(), label] as const);

/** The pipeline of a type as a choice of one, and its stages as another. */
function pipelineChoices(type: "deals" | "tickets", pipelineName: string, stage: readonly [string, string]) {
  const pipeline = PIPELINES[type];
  if (pipeline === undefined) throw new Error(`no pipeline for ${type}`);
  return [
    choice(pipelineName, "Pipeline", [[pipeline.id, pipeline.label]]),
    choice(
      stage[0],
      stage[1],
      pipeline.stages.map(({ id, label }) => [id, label] as const),
    ),
  ];
}

const CONTACT = [
  ...RECORD,
  readOnly("createdate", "Create date", "datetime"),
  readOnly("lastmodifieddate", "Last modified date", "datetime"),
  readOnly("hs_merged_object_ids", "Merged object IDs", "string"),
  readOnly("hs_calculated_merged_vids", "Merged contact IDs with timestamps", "string"),
  text("salutation", "Salutation"),
  text("email", "Email", { hasUniqueValue: true }),
  text("firstname", "First name"),
  text("lastname", "Last name"),
  text("jobtitle", "Job title"),
  text("company", "Company name"),
  text("website", "Website URL"),
  text("fax", "Fax number"),
  text("industry", "Industry"),
  text("annualrevenue", "Annual revenue"),
  text("twitterhandle", "Twitter username"),
  text("message", "Message"),
  date("date_of_birth", "Date of birth"),
  ...ADDRESS,
  choice("hs_language", "Preferred language", LANGUAGES),
  choice("hs_timezone", "Time zone", TIME_ZONES),
  choice("lifecyclestage", "Lifecycle stage", LIFECYCLE_STAGES),
  choice("hs_lead_status", "Lead status", LEAD_STATUSES),
  phone("phone", "Phone number"),
  phone("mobilephone", "Mobile phone number"),
  phone("hs_whatsapp_phone_number", "WhatsApp phone number"),
  text("hs_whatsapp_bsuids", "WhatsApp business-scoped user IDs"),
  calculated("hs_full_name_or_email", "Full name or email"),
  calculated("hs_calculated_phone_number", "Calculated phone number in international format"),
  calculated("hs_calculated_phone_number_country_code", "Calculated phone number country code"),
  calculated("hs_searchable_calculated_phone_number", "Calculated phone number without country code"),
  calculated("hs_searchable_calculated_mobile_number", "Calculated mobile number without country code"),
  calculated("hs_searchable_calculated_international_phone_number", "Calculated phone number with country code"),
  calculated("hs_searchable_calculated_international_mobile_number", "Calculated mobile number with country code"),
];

const COMPANY = [
  ...OBJECT,
  text("name", "Company name"),
  text("domain", "Company domain name"),
  phone("phone", "Phone number"),
  text("website", "Website URL"),
  choice("industry", "Industry", INDUSTRIES),
  number("numberofemployees", "Number of employees"),
  number("annualrevenue", "Annual revenue"),
  text("founded_year", "Year founded"),
  text("timezone", "Time zone"),
  longText("about_us", "About us"),
  text("address2", "Street address 2"),
  text("linkedin_company_page", "LinkedIn company page"),
  choice("hs_lead_status", "Lead status", LEAD_STATUSES),
  choice("lifecyclestage", "Lifecycle stage", LIFECYCLE_STAGES),
  longText("description", "Description"),
  calculated("num_associated_contacts", "Number of associated contacts", "number"),
  ...ADDRESS,
];

const DEAL = [
  ...OBJECT,
  text("dealname", "Deal name"),
  number("amount", "Amount"),
  datetime("closedate", "Close date"),
  text("deal_currency_code", "Currency"),
  choice("dealtype", "Deal type", [
    ["newbusiness", "New business"],
    ["existingbusiness", "Existing business"],
  ]),
  ...pipelineChoices("deals", "pipeline", ["dealstage", "Deal stage"]),
  calculated("hs_is_closed", "Is deal closed?", "bool"),
  calculated("hs_is_closed_won", "Is closed won", "bool"),
  calculated("num_associated_contacts", "Number of associated contacts", "number"),
  longText("description", "Deal description"),
  choice("hs_priority", "Priority", LOWER_PRIORITIES),
  text("hs_next_step", "Next step"),
  text("closed_lost_reason", "Closed lost reason"),
  text("closed_won_reason", "Closed won reason"),
];

const TICKET = [
  ...OBJECT,
  text("subject", "Ticket name"),
  longText("content", "Ticket description"),
  ...pipelineChoices("tickets", "hs_pipeline", ["hs_pipeline_stage", "Ticket status"]),
  calculated("closed_date", "Close date", "datetime"),
  choice("hs_ticket_priority", "Priority", [...PRIORITIES, ["URGENT", "Urgent"]]),
  choices("hs_ticket_category", "Category", [
    ["PRODUCT_ISSUE", "Product issue"],
    ["BILLING_ISSUE", "Billing issue"],
    ["FEATURE_REQUEST", "Feature request"],
    ["GENERAL_INQUIRY", "General inquiry"],
  ]),
  choice("source_type", "Source", [
    ["CHAT", "Chat"],
    ["EMAIL", "Email"],
    ["FORM", "Form"],
    ["PHONE", "Phone"],
  ]),
  longText("hs_resolution", "Resolution"),
];

const COMMUNICATION = [
  ...ACTIVITY,
  choice("hs_communication_channel_type", "Channel type", [
    ["WHATS_APP", "WhatsApp"],
    ["SMS", "SMS"],
    ["LINKEDIN_MESSAGE", "LinkedIn message"],
  ]),
  choice("hs_communication_logged_from", "Logged from", [["CRM", "CRM"]]),
  html("hs_communication_body", "Body"),
];

const NOTE = [...ACTIVITY, html("hs_note_body", "Note body")];

const TASK = [
  ...ACTIVITY,
  text("hs_task_subject", "Task title"),
  html("hs_task_body", "Task notes"),
  choice("hs_task_status", "Task status", [
    ["NOT_STARTED", "Not started"],
    ["IN_PROGRESS", "In progress"],
    ["WAITING", "Waiting"],
    ["DEFERRED", "Deferred"],
    ["COMPLETED", "Completed"],
  ]),
  choice("hs_task_priority", "Priority", [["NONE", "None"], ...PRIORITIES]),
  choice("hs_task_type", "Task type", [
    ["TODO", "To-do"],
    ["CALL", "Call"],
    ["EMAIL", "Email"],
  ]),
  text("hs_task_reminders", "Reminders"),
];

/** The properties HubSpot defines, by object type: those that a connector reads or writes, under their real names. */
export const STANDARD_PROPERTIES: Readonly<Record<ObjectTypeName, readonly PropertyDefinition[]>> = {
  contacts: CONTACT,
  companies: COMPANY,
  deals: DEAL,
  tickets: TICKET,
  communications: COMMUNICATION,
  notes: NOTE,
  tasks: TASK,
  calls: [...ACTIVITY, ...CALL],
  emails: [...ACTIVITY, ...EMAIL],
  meetings: [...ACTIVITY, ...MEETING],
};
