import type { RecordType } from "@aparte/core/crm-record.ts";

/** How HubSpot calls a type of record, and what we read of it. */
export type HubspotObject = {
  /** In API paths. */
  readonly plural: string;
  /** In page addresses. */
  readonly typeId: string;
  /** What people call it, before the name of a field: "Contact › First name". */
  readonly label: string;
  /** The fields that make its name, joined by a space. */
  readonly names: readonly string[];
  /** The first of these that is filled stands for an empty name. */
  readonly otherNames: readonly string[];
  /** Fields with a phone number, the best first. */
  readonly phones: readonly string[];
  /** Fields that tell the country of those numbers, the best first. */
  readonly countries: readonly string[];
  /** HubSpot's own fields that are worth showing; the account's custom fields are read as well. */
  readonly fields: readonly string[];
  /** Association from a communication to it (HUBSPOT_DEFINED; HubSpot, "Association type IDs"). */
  readonly communicationAssociation: number;
};

/** One line per type of record that this adapter reads. */
export const objects: Partial<Record<RecordType, HubspotObject>> = {
  contact: {
    plural: "contacts",
    typeId: "0-1",
    label: "Contact",
    names: ["firstname", "lastname"],
    otherNames: ["email"],
    phones: ["hs_whatsapp_phone_number", "mobilephone", "phone"],
    countries: ["hs_calculated_phone_number_country_code", "country"],
    fields: [
      "salutation",
      "firstname",
      "lastname",
      "email",
      "company",
      "jobtitle",
      "city",
      "state",
      "zip",
      "country",
      "website",
      "hs_language",
      "lifecyclestage",
    ],
    communicationAssociation: 81,
  },
};

/** For what is only called with a type that `recordTypes` names; anything else is a bug of the caller. */
export function objectOf(type: RecordType): HubspotObject {
  const object = objects[type];
  if (object === undefined) throw new Error(`HubSpot records of type ${type} are not known here`);
  return object;
}
