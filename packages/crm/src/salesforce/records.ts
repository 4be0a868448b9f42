import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { fieldOf } from "../field-value.ts";
import { path } from "../http.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import type { CrmRecord, FieldDefinition } from "../record.ts";
import { timeZoneOf } from "../time-zone.ts";
import { answerOf, data, repeatable, settled, type SettledAnswer } from "./client.ts";
import { readTogether, type PartAnswer } from "./composite.ts";
import { isIdOf, isUserId, refTo } from "./ids.ts";
import { locate } from "./whereabouts.ts";
import { objects } from "./objects.ts";
import { maxPeople, people, peopleFrom, related, relatedFrom, type Around } from "./people.ts";
import { pageOf, queryPath, soql } from "./query.ts";
import { bsuidsOf, nameOf, phonesOf, recordBody, valuesOf, type Values } from "./record-body.ts";
import { signalsOf, wishesOf } from "./signals.ts";

type Wanted = { readonly ref: CrmRecordRef; readonly fields: readonly FieldDefinition[] };

/** A question about what stands around a record, and its answer. `own`: rows hold more values of the record itself. */
type Question = { readonly use: "own" | "people" | "related"; readonly around: Around };
type Answer = Question & { readonly rows: readonly Values[]; readonly total: number };

/**
 * The record with all that stands around it, in one request. A merged record, which lies in the bin, is followed to the
 * one that is left, in two more.
 */
export async function readRecord(
  app: CrmApp,
  session: CrmSession,
  wanted: Wanted,
): Promise<CrmResult<{ record: CrmRecord }> | CrmMissing> {
  if (!isIdOf(wanted.ref.type, wanted.ref.id)) return { outcome: "not_found" };
  const record = await readThere(app, session, wanted);
  if (record.outcome !== "not_found") return record;
  const located = await locate(app, session, [wanted.ref]);
  if (located.outcome !== "done") return located;
  const [place] = located.found;
  return place?.state === "merged" && place.into ? readThere(app, session, { ...wanted, ref: place.into }) : record;
}

async function readThere(
  app: CrmApp,
  session: CrmSession,
  wanted: Wanted,
): Promise<CrmResult<{ record: CrmRecord }> | CrmMissing> {
  const { type, id } = wanted.ref;
  const questions = questionsAbout(wanted);
  const recordPath = data + path`/sobjects/${objects[type].name}/${id}`;
  const paths = [recordPath, ...questions.map(({ around }) => queryPath(around.query(id)))];
  const read = await readTogether(app, session, paths);
  if (read.outcome !== "done") return read;
  const [first, ...others] = read.value;
  const record = repeatable(answerOf(first ?? { status: 500, body: undefined }, recordBody));
  if (record.outcome !== "done") return record;
  const answers: Answer[] = [];
  for (const [place, part] of others.entries()) {
    const question = questions[place];
    if (question === undefined) continue;
    const rows = rowsOf(question, part);
    if (rows.outcome !== "done") return rows;
    answers.push(rows.value);
  }
  return { outcome: "done", record: assemble(wanted, valuesOf(record.value), answers) };
}

function questionsAbout({ ref: { type }, fields }: Wanted): Question[] {
  const questions: Question[] = related[type].map((around) => ({ use: "related", around }));
  const crowd = people[type];
  if (crowd) questions.push({ use: "people", around: crowd });
  const wishes = wishesOf(fields);
  if (wishes.length > 0) {
    const query = `SELECT ${wishes.join(", ")} FROM ${objects[type].name}`;
    questions.push({
      use: "own",
      around: { type, relation: null, query: (id) => `${query} WHERE Id = ${soql`${id}`}` },
    });
  }
  return questions;
}

/** An object or field that the person who connected may not see: what only surrounds a record is left out then. */
const notShown = new Set(["INVALID_TYPE", "INVALID_FIELD", "INSUFFICIENT_ACCESS"]);

/** Without its people a company would look empty, so that is told: the CRM's words name the field that is not shown. */
function rowsOf(question: Question, part: PartAnswer): SettledAnswer<Answer> {
  const answer = settled(answerOf(part, pageOf(recordBody)));
  if (answer.outcome === "done") {
    const { records, totalSize } = answer.value;
    return { outcome: "done", value: { ...question, rows: records.map(valuesOf), total: totalSize } };
  }
  if (answer.outcome !== "refused" || !notShown.has(answer.code ?? "")) return answer;
  if (question.use === "people") return { ...answer, reason: "crm.permission_missing" };
  return { outcome: "done", value: { ...question, rows: [], total: 0 } };
}

function assemble({ ref, fields }: Wanted, read: Values, answers: readonly Answer[]): CrmRecord {
  const { account, type } = ref;
  const object = objects[type];
  const more = answers.filter(({ use, around }) => use === "own" || around.relation === "Account");
  const values = new Map([...more.flatMap(({ rows }) => [...(rows[0] ?? [])]), ...read]);
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  const isPerson = values.get("IsPersonAccount") === "true";
  const crowd = answers.find(({ use }) => use === "people" && !isPerson);
  const found = crowd ? peopleFrom(account, crowd.around, crowd.rows).slice(0, maxPeople) : [];
  const owner = values.get("OwnerId") ?? "";
  return {
    ref: refTo(account, type, values.get("Id") ?? ref.id),
    name: nameOf(object, values),
    fields: fields.flatMap((field) => fieldOf(field, values.get(field.name))),
    phones: phonesOf(object, values, labels),
    bsuids: bsuidsOf(values),
    timeZone: timeZoneOf(values),
    ownerId: isUserId(owner) ? owner : null,
    people: found,
    peopleLeftOut: Math.max(0, (crowd?.total ?? 0) - maxPeople),
    related: answers
      .filter(({ use }) => use === "related")
      .flatMap(({ around, rows }) => relatedFrom(account, around, rows)),
    signals: signalsOf(values, fields),
  };
}
