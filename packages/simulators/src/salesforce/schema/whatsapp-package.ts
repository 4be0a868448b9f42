import { datetime, field, longText, phone, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** A key by which a record is written exactly once, whatever happens to the answer. */
const key = { externalId: true, unique: true, caseSensitive: true, idLookup: true } as const;
const listed = { childRelationshipName: "WA_Conversations__r" } as const;

/** A session of a conversation on WhatsApp, one record however many people and deals it concerns. */
export const WA_CONVERSATION: ObjectDefinition = {
  name: "WA_Conversation__c",
  label: "WhatsApp Conversation",
  keyPrefix: "a0W",
  part: "package",
  fields: [
    text("Name", 80, { readOnly: true, nillable: false, nameField: true, idLookup: true }),
    owner(),
    text("Log_Key__c", 80, key),
    picklist("Kind__c", ["session", "message", "consent"], { restricted: true, defaultValue: "session" }),
    reference("Contact__c", ["Contact"], listed),
    reference("Lead__c", ["Lead"], listed),
    reference("Account__c", ["Account"], listed),
    reference("Opportunity__c", ["Opportunity"], listed),
    reference("Case__c", ["Case"], listed),
    phone("Phone__c"),
    datetime("Started__c"),
    datetime("Last_Message__c"),
    field("Message_Count__c", "double"),
    longText("Transcript__c", 131_072),
  ],
};

/** One message of a conversation. */
export const WA_MESSAGE: ObjectDefinition = {
  name: "WA_Message__c",
  label: "WhatsApp Message",
  keyPrefix: "a0X",
  part: "package",
  fields: [
    text("Name", 80, { readOnly: true, nillable: false, nameField: true, idLookup: true }),
    reference("Conversation__c", ["WA_Conversation__c"], {
      required: true,
      createOnly: true,
      cascadeDelete: true,
      childRelationshipName: "WA_Messages__r",
    }),
    text("Message_Key__c", 80, key),
    picklist("Direction__c", ["inbound", "outbound"]),
    picklist("Status__c", ["queued", "accepted", "sent", "delivered", "read", "played", "failed"]),
    datetime("Sent_At__c"),
    longText("Body__c", 32_768),
    text("Template__c", 255),
  ],
};
