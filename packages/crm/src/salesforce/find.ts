import { recordTypes, type RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import { phoneVariants } from "../phone-variants.ts";
import type { RecordHit } from "../record.ts";
import { data, request, settled } from "./client.ts";
import { refTo } from "./ids.ts";
import { objects } from "./objects.ts";
import { select, soql } from "./query.ts";
import { filled, nameOf, phonesOf, recordBody, valuesOf, type Values } from "./record-body.ts";

/** How many hits of each type a search by words brings: twenty in all. */
const hitsOf: Readonly<Record<RecordType, number>> = { contact: 6, lead: 4, company: 4, deal: 3, ticket: 3 };

/** Longer texts are no words of a name; Salesforce takes 10,000 characters at most. */
const maxWords = 200;

/** How many candidates a number may have before the CRM is asked to clean up rather than we to compare. */
const phoneHits = 50;

/** Types whose records may hold a person's number. */
const callable = ["contact", "lead", "company"] as const;

const searchAnswer = z.object({
  searchRecords: z.array(recordBody.extend({ attributes: z.object({ type: z.string() }) })).default([]),
});

/** By words, as Salesforce's own search compares them; the last one may be only begun. It wants two characters. */
export async function searchRecords(
  app: CrmApp,
  session: CrmSession,
  { account, words }: { readonly account: string; readonly words: string },
): Promise<CrmResult<{ hits: RecordHit[] }>> {
  const plain = plainWords(words.toWellFormed().slice(0, maxWords));
  if (plain.replaceAll(/[^\p{L}\p{N}]/gu, "").length < 2) return { outcome: "done", hits: [] };
  const asked = recordTypes.map((type) => ({ type, limit: hitsOf[type] }));
  return search(app, session, { account, q: `${plain}*`, in: "ALL", asked });
}

/**
 * By digits, which Salesforce compares without what stands between them: with the code of the country and, since a
 * number may have been typed without it, by what remains when its one to three digits are taken off.
 */
export async function findByPhone(
  app: CrmApp,
  session: CrmSession,
  { account, e164 }: { readonly account: string; readonly e164: string },
): Promise<CrmResult<{ hits: RecordHit[] }>> {
  const whole = phoneVariants(e164).map((variant) => variant.slice(1));
  const national = whole.flatMap((digits) => [1, 2, 3].map((length) => digits.slice(length)));
  const q = [...new Set([...whole, ...national])].join(" OR ");
  return search(app, session, { account, q, in: "PHONE", asked: callable.map((type) => ({ type, limit: phoneHits })) });
}

type Search = {
  readonly account: string;
  readonly q: string;
  readonly in: "ALL" | "PHONE";
  readonly asked: readonly { readonly type: RecordType; readonly limit: number }[];
};

async function search(
  app: CrmApp,
  session: CrmSession,
  { account, q, in: scope, asked }: Search,
): Promise<CrmResult<{ hits: RecordHit[] }>> {
  const sobjects = asked.map(({ type, limit }) => ({ name: objects[type].name, fields: fieldsOf(type), limit }));
  const call = { method: "POST", path: `${data}/parameterizedSearch`, json: { q, in: scope, sobjects } } as const;
  const answer = settled(await request(app, { ...call, session, schema: searchAnswer }));
  if (answer.outcome !== "done") return answer;
  const hits = answer.value.searchRecords.flatMap((row): RecordHit[] => {
    const type = recordTypes.find((candidate) => objects[candidate].name === row.attributes.type);
    return type ? [hitOf(account, type, valuesOf(row))] : [];
  });
  return { outcome: "done", hits };
}

/** The standard fields of every org: phones of Person Accounts exist only where those are switched on. */
function fieldsOf(type: RecordType): string[] {
  const { names, details, phones, countries } = objects[type];
  const all = ["Id", ...names, ...details, ...Object.keys(phones), ...countries];
  return [...new Set(all)].filter((name) => !name.startsWith("Person"));
}

function hitOf(account: string, type: RecordType, values: Values): RecordHit {
  const object = objects[type];
  return {
    ref: refTo(account, type, values.get("Id") ?? ""),
    name: nameOf(object, values),
    detail: filled(values, object.details).join(" · "),
    phones: phonesOf(object, values),
  };
}

/** What means something in a search stands for itself: wildcards, quotes, operators (SOSL reference, "FIND"). */
function plainWords(words: string): string {
  return words
    .replaceAll(/[?&|!{}[\]()^~*:\\"'+-]/gu, String.raw`\$&`)
    .split(/\s+/u)
    .filter((word) => !/^(?:|and|or|not)$/iu.test(word))
    .join(" ");
}

export async function findOwner(
  app: CrmApp,
  session: CrmSession,
  email: string,
): Promise<CrmResult<{ ownerId: string | null }>> {
  const colleague = soql`Email = ${email} AND IsActive = true`;
  const query = `SELECT Id FROM User WHERE ${colleague} ORDER BY CreatedDate LIMIT 1`;
  const rows = await select(app, session, { query, row: z.object({ Id: z.string() }) });
  return rows.outcome === "done" ? { outcome: "done", ownerId: rows.value[0]?.Id ?? null } : rows;
}
