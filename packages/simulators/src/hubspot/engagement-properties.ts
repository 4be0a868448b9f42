import { choice, datetime, html, longText, number, text } from "./property-definition.ts";
import type { PropertyDefinition } from "./property-definition.ts";

/** What calls have beside that which all activities have. `hs_call_duration` is in ms. */
export const CALL: readonly PropertyDefinition[] = [
  text("hs_call_title", "Call title"),
  html("hs_call_body", "Call notes"),
  choice("hs_call_direction", "Call direction", [
    ["INBOUND", "Inbound"],
    ["OUTBOUND", "Outbound"],
  ]),
  text("hs_call_disposition", "Call outcome"),
  number("hs_call_duration", "Call duration"),
  text("hs_call_from_number", "From number"),
  text("hs_call_to_number", "To number"),
  text("hs_call_recording_url", "Recording URL"),
  choice("hs_call_status", "Call status", [
    ["BUSY", "Busy"],
    ["CALLING_CRM_USER", "Calling CRM user"],
    ["CANCELED", "Canceled"],
    ["COMPLETED", "Completed"],
    ["CONNECTING", "Connecting"],
    ["FAILED", "Failed"],
    ["IN_PROGRESS", "In progress"],
    ["NO_ANSWER", "No answer"],
    ["QUEUED", "Queued"],
    ["RINGING", "Ringing"],
  ]),
];

/** What e-mails on a timeline have. `hs_email_headers` is JSON text. */
export const EMAIL: readonly PropertyDefinition[] = [
  choice("hs_email_direction", "Email direction", [
    ["EMAIL", "Email sent from the CRM"],
    ["INCOMING_EMAIL", "Incoming email"],
    ["FORWARDED_EMAIL", "Forwarded email"],
  ]),
  text("hs_email_subject", "Email subject"),
  longText("hs_email_text", "Email body"),
  html("hs_email_html", "Email body as HTML"),
  text("hs_email_headers", "Email headers"),
  choice("hs_email_status", "Email send status", [
    ["BOUNCED", "Bounced"],
    ["FAILED", "Failed"],
    ["SCHEDULED", "Scheduled"],
    ["SENDING", "Sending"],
    ["SENT", "Sent"],
  ]),
];

export const MEETING: readonly PropertyDefinition[] = [
  text("hs_meeting_title", "Meeting name"),
  html("hs_meeting_body", "Meeting description"),
  html("hs_internal_meeting_notes", "Internal meeting notes"),
  text("hs_meeting_location", "Meeting location"),
  text("hs_meeting_external_url", "External URL"),
  datetime("hs_meeting_start_time", "Start time"),
  datetime("hs_meeting_end_time", "End time"),
  choice("hs_meeting_outcome", "Meeting outcome", [
    ["SCHEDULED", "Scheduled"],
    ["COMPLETED", "Completed"],
    ["RESCHEDULED", "Rescheduled"],
    ["NO_SHOW", "No show"],
    ["CANCELED", "Canceled"],
  ]),
];
