import type { SObject } from "../../salesforce/record-store.ts";
import { describeFields, shownValue } from "./describe-fields.ts";
import { layoutOf, layoutOfRecord } from "./layouts.ts";
import type { RelatedLayout } from "./layouts.ts";
import type { ListView, ObjectName, ObjectView, RecordSummary, RecordView } from "./lightning-view.ts";
import type { OrgSource, PagedRecord } from "./org-source.ts";

/** What the page of a record shows. Fields that were added to the object later stand at the end of its details. */
export function describeRecord(source: OrgSource, paged: PagedRecord): RecordView {
  const { object, record } = paged;
  const layout = layoutOfRecord(object, record);
  const added = record.type.fields.filter(({ custom }) => custom).map(({ name }) => name);
  return {
    id: record.id,
    object: viewOfObject(object, record.type.labelPlural),
    title: titleOf(source, record),
    isPerson: object === "Contact" || object === "Lead" || record.values["IsPersonAccount"] === true,
    highlights: describeFields(source, record, layout.highlights),
    details: describeFields(source, record, [...layout.details, ...added]),
    related: layout.related.map((related) => ({
      name: related.name,
      label: related.label,
      records: relatedRecords(source, related, record),
    })),
  };
}

/** What the list of all records of an object shows. */
export function describeList(source: OrgSource, object: ObjectName): ListView {
  // The contact behind a person account is listed as that account.
  const records = source
    .list(object)
    .filter(({ values }) => object !== "Contact" || values["IsPersonAccount"] !== true);
  const { columns } = layoutOf(object);
  const [first] = records;
  return {
    object: viewOfObject(object, first?.type.labelPlural ?? object),
    columns: columns.map((name) => first?.type.field(name)?.label.replace(/ Id$/u, "") ?? name),
    rows: records.map((record) => ({
      record: summarize(source, { object, record }),
      values: columns.map((name) => shownValue(source, record, name)),
    })),
  };
}

function viewOfObject(name: ObjectName, pluralLabel: string): ObjectView {
  return { name, label: name, pluralLabel };
}

/** What people call it: a case by what it is about, everything else by its name. */
function titleOf(source: OrgSource, { id, values }: SObject): string {
  const subject = values["Subject"];
  return typeof subject === "string" && subject !== "" ? subject : source.nameOf(id) || id;
}

function summarize(source: OrgSource, { object, record }: PagedRecord): RecordSummary {
  const facts = layoutOfRecord(object, record).facts.map((name) => shownValue(source, record, name));
  return {
    id: record.id,
    object,
    title: titleOf(source, record),
    facts: facts.filter((fact) => fact !== ""),
  };
}

function relatedRecords(source: OrgSource, { object, via, through }: RelatedLayout, above: SObject): RecordSummary[] {
  return source.below(object, [via], above.id).flatMap((found) => {
    const paged = source.find(through === undefined ? found.id : String(found.values[through] ?? ""));
    return paged === undefined ? [] : [summarize(source, paged)];
  });
}
