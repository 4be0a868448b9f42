/** What the Lightning pages show, as their server hands it to the browser. Types only: both sides read this file. */

/** The objects with a record page. */
export type ObjectName = "Account" | "Contact" | "Lead" | "Opportunity" | "Case";

export type ObjectView = { name: ObjectName; label: string; pluralLabel: string };

/** A record in a list, behind a lookup or on a card. `id` has 18 characters. `facts` are short lines under its title. */
export type RecordSummary = { id: string; object: ObjectName; title: string; facts: readonly string[] };

export type FieldKind = "text" | "long" | "phone" | "email" | "url" | "flag" | "lookup" | "choice";

/** A field with its value in the words that people read. `raw`: as the API has it, empty where there is none. */
export type FieldView = {
  name: string;
  label: string;
  kind: FieldKind;
  value: string;
  raw: string;
  /** Where a lookup leads, when that has a page. */
  target: { id: string; object: ObjectName } | null;
  editable: boolean;
  /** What can be chosen when it is edited: value and words. */
  choices: readonly (readonly [value: string, label: string])[];
};

export type RelatedView = { name: string; label: string; records: readonly RecordSummary[] };

export type RecordView = {
  id: string;
  object: ObjectView;
  title: string;
  /** Whether the title is a person's name: that has an element of its own on the page. */
  isPerson: boolean;
  highlights: readonly FieldView[];
  details: readonly FieldView[];
  related: readonly RelatedView[];
};

export type ListView = {
  object: ObjectView;
  columns: readonly string[];
  rows: readonly { record: RecordSummary; values: readonly string[] }[];
};

/** Something that happened with a record. `at` is ISO 8601. `body` is text, whatever it holds. */
export type ActivityView = {
  id: string;
  kind: "task" | "conversation" | "created";
  title: string;
  by: string | null;
  at: string;
  facts: readonly string[];
  body: string;
};
