/** Value types of HubSpot properties. Every value travels as a string whatever its type. */
export type PropertyType = "string" | "number" | "date" | "datetime" | "enumeration" | "bool" | "phone_number";

export type PropertyOption = { label: string; value: string; displayOrder: number; hidden: boolean };

/** A property of an object type, as kept here. */
export type PropertyDefinition = {
  name: string;
  label: string;
  type: PropertyType;
  /** How HubSpot's forms show it, such as `text`, `select` or `booleancheckbox`. */
  fieldType: string;
  groupName: string;
  description: string;
  options: readonly PropertyOption[];
  displayOrder: number;
  hasUniqueValue: boolean;
  hidden: boolean;
  formField: boolean;
  /** Set by HubSpot itself; a write is refused. */
  readOnly: boolean;
  calculated: boolean;
  hubspotDefined: boolean;
  /** Options are the portal's owners. */
  ownerOptions: boolean;
  /** Longest value in characters. */
  maxLength: number;
  archived: boolean;
  /** Times in ms since the epoch. */
  createdAt: number;
  updatedAt: number;
};

/** Ceiling of a text value: documented for note bodies, assumed for the rest. */
export const MAX_TEXT_LENGTH = 65_536;

/** When HubSpot's own properties came into being, in this portal. */
export const PORTAL_BORN = Date.UTC(2024, 0, 15, 9);

const NO_EXTRAS = {};
type Extras = Partial<PropertyDefinition>;

/** A property that HubSpot itself defines, with everything left out filled in. */
function standard(name: string, label: string, kind: Pick<PropertyDefinition, "type" | "fieldType">, extras: Extras) {
  return {
    name,
    label,
    ...kind,
    groupName: "",
    description: "",
    options: [],
    displayOrder: -1,
    hasUniqueValue: false,
    hidden: false,
    formField: true,
    readOnly: false,
    calculated: false,
    hubspotDefined: true,
    ownerOptions: false,
    maxLength: MAX_TEXT_LENGTH,
    archived: false,
    createdAt: PORTAL_BORN,
    updatedAt: PORTAL_BORN,
    ...extras,
  } satisfies PropertyDefinition;
}

export function text(name: string, label: string, extras: Extras = NO_EXTRAS): PropertyDefinition {
  return standard(name, label, { type: "string", fieldType: "text" }, extras);
}

export function longText(name: string, label: string): PropertyDefinition {
  return standard(name, label, { type: "string", fieldType: "textarea" }, NO_EXTRAS);
}

/** A text that HubSpot shows as HTML, such as the body of an activity. */
export function html(name: string, label: string): PropertyDefinition {
  return standard(name, label, { type: "string", fieldType: "html" }, { formField: false });
}

export function phone(name: string, label: string): PropertyDefinition {
  return standard(name, label, { type: "string", fieldType: "phonenumber" }, NO_EXTRAS);
}

export function number(name: string, label: string): PropertyDefinition {
  return standard(name, label, { type: "number", fieldType: "number" }, NO_EXTRAS);
}

export function datetime(name: string, label: string): PropertyDefinition {
  return standard(name, label, { type: "datetime", fieldType: "date" }, NO_EXTRAS);
}

export function date(name: string, label: string): PropertyDefinition {
  return standard(name, label, { type: "date", fieldType: "date" }, NO_EXTRAS);
}

/** A choice of one. `choices` are pairs of value and label. */
export function choice(
  name: string,
  label: string,
  choices: readonly (readonly [string, string])[],
): PropertyDefinition {
  const options = choices.map(([value, text], displayOrder) => ({ value, label: text, displayOrder, hidden: false }));
  return standard(name, label, { type: "enumeration", fieldType: "select" }, { options });
}

/** A choice of several, which travel joined by semicolons. */
export function choices(
  name: string,
  label: string,
  offered: readonly (readonly [string, string])[],
): PropertyDefinition {
  return { ...choice(name, label, offered), fieldType: "checkbox" };
}

/** The record's owner: its options are the portal's owners, listed by another API. */
export function owner(): PropertyDefinition {
  return standard("hubspot_owner_id", "Owner", { type: "enumeration", fieldType: "select" }, { ownerOptions: true });
}

/** Set by HubSpot: shown, searchable, never written. */
export function readOnly(name: string, label: string, type: PropertyType): PropertyDefinition {
  const fieldType = type === "datetime" ? "date" : type === "number" ? "number" : "text";
  return standard(name, label, { type, fieldType }, { readOnly: true, formField: false });
}

/** Worked out by HubSpot from other properties. */
export function calculated(name: string, label: string, type: PropertyType = "string"): PropertyDefinition {
  return standard(
    name,
    label,
    { type, fieldType: "calculation_equation" },
    { readOnly: true, calculated: true, formField: false },
  );
}
