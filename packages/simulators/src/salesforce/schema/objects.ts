import { ACCOUNT } from "./account.ts";
import { EVENT, TASK, TASK_STATUS } from "./activity.ts";
import { CASE } from "./case.ts";
import { CONTACT } from "./contact.ts";
import { CONTENT_DOCUMENT, CONTENT_DOCUMENT_LINK, CONTENT_VERSION } from "./content.ts";
import { LEAD } from "./lead.ts";
import type { ObjectDefinition } from "./object-type.ts";
import { OPPORTUNITY, OPPORTUNITY_CONTACT_ROLE } from "./opportunity.ts";
import { FIELD_PERMISSIONS, PERMISSION_SET, PERMISSION_SET_ASSIGNMENT } from "./permissions.ts";
import { CONTACT_POINT_TYPE_CONSENT, DATA_USE_PURPOSE, ENGAGEMENT_CHANNEL_TYPE, INDIVIDUAL } from "./privacy.ts";
import { RECORD_TYPE } from "./record-type.ts";
import { ORGANIZATION, USER } from "./user.ts";
import { WA_CONVERSATION, WA_MESSAGE } from "./whatsapp-package.ts";

/** Every object of the org, those of the package included. */
export const OBJECTS: readonly ObjectDefinition[] = [
  ACCOUNT,
  CONTACT,
  LEAD,
  OPPORTUNITY,
  OPPORTUNITY_CONTACT_ROLE,
  CASE,
  TASK,
  EVENT,
  TASK_STATUS,
  USER,
  ORGANIZATION,
  RECORD_TYPE,
  INDIVIDUAL,
  CONTACT_POINT_TYPE_CONSENT,
  ENGAGEMENT_CHANNEL_TYPE,
  DATA_USE_PURPOSE,
  PERMISSION_SET,
  FIELD_PERMISSIONS,
  PERMISSION_SET_ASSIGNMENT,
  CONTENT_VERSION,
  CONTENT_DOCUMENT,
  CONTENT_DOCUMENT_LINK,
  WA_CONVERSATION,
  WA_MESSAGE,
];
