/** Salesforce's names of field types, as a describe answer has them. */
export type FieldType =
  | "id"
  | "string"
  | "textarea"
  | "phone"
  | "email"
  | "url"
  | "picklist"
  | "reference"
  | "boolean"
  | "int"
  | "double"
  | "currency"
  | "date"
  | "datetime"
  | "base64";

/** What a record keeps in a field, in the form in which the API answers it; `null` where there is no value. */
export type FieldValue = string | number | boolean | null;

/** What an org can do without: objects and fields that belong to it exist only where it is there. */
export type Part = "package" | "data_protection" | "person_accounts";

/** One field of an object, with what Salesforce lets a caller do with it. */
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Longest text in characters; 0 for what is no text. */
  readonly length: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  /** Whether a SOQL condition may name it: long text areas may not be filtered. */
  readonly filterable: boolean;
  readonly sortable: boolean;
  /** The choices of a picklist, in their order. */
  readonly values: readonly string[];
  /** Whether a value that is no choice is refused. */
  readonly restricted: boolean;
  /** Given to a record that is created without a value; what is neither nillable nor defaulted is required. */
  readonly defaultValue: FieldValue;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  /** Whether a record can be addressed by it, as in an upsert. */
  readonly idLookup: boolean;
  readonly custom: boolean;
  readonly nameField: boolean;
  /** Objects that a reference may point to. */
  readonly referenceTo: readonly string[];
  /** Name under which SOQL reaches the parent (`Account` for `AccountId`). */
  readonly relationshipName: string | null;
  /** Name under which SOQL reaches these records from the parent (`Contacts` of an Account). */
  readonly childRelationshipName: string | null;
  /** Whether the record goes to the recycle bin with the one it points to. */
  readonly cascadeDelete: boolean;
  /** What it belongs to; null for what every org has. */
  readonly part: Part | null;
};

/** What a declaration says beside name and type. */
export type FieldOptions = Partial<Omit<Field, "name" | "type">> & {
  /** Set by Salesforce alone. */
  readOnly?: boolean;
  /** Given at creation and never changed. */
  createOnly?: boolean;
  /** Without it nothing is created, and it cannot be emptied. */
  required?: boolean;
};

/** A field of any type; the helpers below are for the common ones. */
export function field(name: string, type: FieldType, options: FieldOptions = {}): Field {
  const { readOnly = false, createOnly = false, required = false, ...given } = options;
  return {
    name,
    label: labelOf(name),
    type,
    length: 0,
    createable: !readOnly,
    updateable: !readOnly && !createOnly,
    nillable: !required && type !== "boolean",
    filterable: true,
    sortable: true,
    values: [],
    restricted: false,
    defaultValue: type === "boolean" ? false : null,
    externalId: false,
    unique: false,
    caseSensitive: false,
    idLookup: type === "id",
    custom: name.endsWith("__c"),
    nameField: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    cascadeDelete: false,
    part: null,
    ...given,
  };
}

export const text = (name: string, length: number, options: FieldOptions = {}): Field =>
  field(name, "string", { length, ...options });

/** Text of several lines. Beyond 255 characters it can neither be filtered nor sorted by. */
export const longText = (name: string, length: number, options: FieldOptions = {}): Field =>
  field(name, "textarea", { length, filterable: length <= 255, sortable: length <= 255, ...options });

export const phone = (name: string, options: FieldOptions = {}): Field =>
  field(name, "phone", { length: 40, ...options });

export const email = (name: string, options: FieldOptions = {}): Field =>
  field(name, "email", { length: 80, ...options });

export const picklist = (name: string, values: readonly string[], options: FieldOptions = {}): Field =>
  field(name, "picklist", { length: 255, values, ...options });

/** A lookup to one of these objects; the parent's relationship name is the field's without `Id`. */
export function reference(name: string, referenceTo: readonly string[], options: FieldOptions = {}): Field {
  const relationshipName = name.endsWith("__c") ? name.replace(/__c$/u, "__r") : name.replace(/Id$/u, "");
  return field(name, "reference", { length: 18, referenceTo, relationshipName, ...options });
}

export const flag = (name: string, options: FieldOptions = {}): Field => field(name, "boolean", options);
export const date = (name: string, options: FieldOptions = {}): Field => field(name, "date", options);
export const datetime = (name: string, options: FieldOptions = {}): Field => field(name, "datetime", options);

/** `LastModifiedDate` reads "Last Modified Date", `Log_Key__c` "Log Key". */
function labelOf(name: string): string {
  const words = name.replace(/__c$/u, "").replaceAll("_", " ");
  return words.replaceAll(/([a-z0-9])([A-Z])/gu, "$1 $2");
}
