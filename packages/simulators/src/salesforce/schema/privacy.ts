import { SALUTATIONS } from "./choices.ts";
import { date, datetime, flag, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** A person, whatever contacts and leads stand for them, with what they wish about their data. */
export const INDIVIDUAL: ObjectDefinition = {
  name: "Individual",
  keyPrefix: "0PK",
  part: "data_protection",
  mergeable: true,
  fields: [
    text("LastName", 80, { required: true }),
    text("FirstName", 40),
    picklist("Salutation", SALUTATIONS),
    text("Name", 121, { readOnly: true, nameField: true }),
    owner(),
    date("BirthDate"),
    flag("HasOptedOutTracking"),
    flag("HasOptedOutProfiling"),
    flag("HasOptedOutProcessing"),
    flag("HasOptedOutSolicit"),
    flag("HasOptedOutGeoTracking"),
    flag("ShouldForget"),
    flag("SendIndividualData"),
    flag("CanStorePiiElsewhere"),
  ],
};

const CONTACT_POINT_TYPES = ["Email", "MailingAddress", "Phone", "Social", "Web"];

/** What a person allows on all their contact points of a type. */
export const CONTACT_POINT_TYPE_CONSENT: ObjectDefinition = {
  name: "ContactPointTypeConsent",
  label: "Contact Point Type Consent",
  keyPrefix: "0ZQ",
  part: "data_protection",
  fields: [
    text("Name", 255, { required: true, nameField: true }),
    owner(),
    reference("PartyId", ["Individual"], {
      required: true,
      createOnly: true,
      childRelationshipName: "ContactPointTypeConsents",
    }),
    picklist("ContactPointType", CONTACT_POINT_TYPES, { restricted: true }),
    picklist("PrivacyConsentStatus", ["OptIn", "OptOut", "Seen", "NotSeen"], { required: true, restricted: true }),
    picklist("CaptureContactPointType", CONTACT_POINT_TYPES, { required: true, restricted: true }),
    datetime("CaptureDate", { required: true }),
    text("CaptureSource", 255, { required: true }),
    datetime("EffectiveFrom"),
    datetime("EffectiveTo"),
    datetime("DoubleConsentCaptureDate"),
    reference("EngagementChannelTypeId", ["EngagementChannelType"]),
    reference("DataUsePurposeId", ["DataUsePurpose"]),
  ],
};

/** A way to reach people: an org makes one for WhatsApp. */
export const ENGAGEMENT_CHANNEL_TYPE: ObjectDefinition = {
  name: "EngagementChannelType",
  label: "Engagement Channel Type",
  keyPrefix: "0eF",
  part: "data_protection",
  fields: [
    text("Name", 255, { required: true, nameField: true }),
    owner(),
    picklist("ContactPointType", CONTACT_POINT_TYPES, { restricted: true }),
  ],
};

export const DATA_USE_PURPOSE: ObjectDefinition = {
  name: "DataUsePurpose",
  label: "Data Use Purpose",
  keyPrefix: "0ZW",
  part: "data_protection",
  fields: [text("Name", 255, { required: true, nameField: true }), owner(), text("Description", 255)],
};
