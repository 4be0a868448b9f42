import { field, flag, longText, picklist, reference, text } from "./field.ts";
import { owner } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

const LINKED = ["Account", "Contact", "Lead", "Opportunity", "Case", "Task", "Event", "User", "WA_Conversation__c"];

/** One version of a file, with its bytes. */
export const CONTENT_VERSION: ObjectDefinition = {
  name: "ContentVersion",
  label: "Content Version",
  keyPrefix: "068",
  fields: [
    text("Title", 255, { nameField: true }),
    text("PathOnClient", 500, { required: true, createOnly: true }),
    field("VersionData", "base64", { createOnly: true, required: true, filterable: false, sortable: false }),
    longText("Description", 1_000),
    reference("ContentDocumentId", ["ContentDocument"], {
      createOnly: true,
      childRelationshipName: "ContentVersions",
    }),
    reference("FirstPublishLocationId", LINKED, { createOnly: true }),
    field("ContentSize", "int", { readOnly: true }),
    text("FileType", 20, { readOnly: true }),
    text("FileExtension", 40, { readOnly: true }),
    flag("IsLatest", { readOnly: true }),
    owner(),
  ],
};

/** A file, whatever its versions. Comes about with its first version. */
export const CONTENT_DOCUMENT: ObjectDefinition = {
  name: "ContentDocument",
  label: "Content Document",
  keyPrefix: "069",
  fields: [
    text("Title", 255, { required: true, nameField: true }),
    owner(),
    reference("LatestPublishedVersionId", ["ContentVersion"], { readOnly: true }),
  ],
};

/** Where a file is shown. */
export const CONTENT_DOCUMENT_LINK: ObjectDefinition = {
  name: "ContentDocumentLink",
  label: "Content Document Link",
  keyPrefix: "06A",
  fields: [
    reference("ContentDocumentId", ["ContentDocument"], {
      required: true,
      createOnly: true,
      childRelationshipName: "ContentDocumentLinks",
      cascadeDelete: true,
    }),
    reference("LinkedEntityId", LINKED, {
      required: true,
      createOnly: true,
      relationshipName: "LinkedEntity",
      childRelationshipName: "ContentDocumentLinks",
    }),
    picklist("ShareType", ["V", "C", "I"], { required: true, restricted: true }),
    picklist("Visibility", ["AllUsers", "InternalUsers", "SharedUsers"], {
      restricted: true,
      defaultValue: "AllUsers",
    }),
  ],
};
