/** What the pages show, as their server hands it to the browser. Types only: both sides read this file. */

/** The object types with a record page. */
export type RecordTypeId = "0-1" | "0-2" | "0-3" | "0-5";

/** Names of a record type: `singular` as in older addresses, `label` and `pluralLabel` as people read them. */
export type RecordTypeView = { typeId: RecordTypeId; singular: string; label: string; pluralLabel: string };

/** `editable`: whether the value stands there as it is kept, so that it can be changed in place. */
export type PropertyView = { name: string; label: string; value: string; editable: boolean };

/** A record in a list or on a card. `facts` are short lines under its title. */
export type RecordSummary = {
  id: string;
  typeId: RecordTypeId;
  title: string;
  initials: string;
  facts: readonly string[];
};

export type RecordView = RecordSummary & {
  type: RecordTypeView;
  portalId: number;
  properties: readonly PropertyView[];
  associations: readonly { type: RecordTypeView; records: readonly RecordSummary[] }[];
  /** Neighbours in the list of all records of the type. */
  previousId: string | null;
  nextId: string | null;
};

export type ListView = {
  type: RecordTypeView;
  portalId: number;
  columns: readonly { name: string; label: string }[];
  rows: readonly { record: RecordSummary; values: readonly string[] }[];
};

/** Text, or an element that was found harmless, with what stands in it. */
export type RichNode = string | { tag: string; href?: string; children: readonly RichNode[] };

/** Something that happened with a record. `at` and `updatedAt` are ISO 8601. */
export type TimelineEntry = {
  id: string;
  kind: "communication" | "note" | "created";
  title: string;
  owner: string | null;
  at: string;
  updatedAt: string;
  body: readonly RichNode[];
};
