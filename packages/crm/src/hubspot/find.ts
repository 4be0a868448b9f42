import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import { phoneVariants } from "../phone-variants.ts";
import type { RecordHit } from "../record.ts";
import { request, settled, versions } from "./client.ts";
import { objects, type HubspotObject } from "./objects.ts";
import { filled, identifying, nameOf, phonesOf, type RecordBody, valuesOf } from "./record-body.ts";
import { search, type Filter } from "./search.ts";

/** How many candidates a number may have before the CRM is asked to clean up rather than we to compare. */
const phoneHits = 50;

/** By words, as HubSpot's own search compares them: names, email addresses, numbers, domains. */
export async function searchRecords(
  app: CrmApp,
  session: CrmSession,
  { account, words }: { readonly account: string; readonly words: string },
): Promise<CrmResult<{ hits: RecordHit[] }>> {
  const answers = await Promise.all(
    Object.values(objects).map(async (object) => {
      const query = { query: words, limit: object.hits, properties: propertiesOf(object) };
      return { object, answer: await search(app, session, { object, query }) };
    }),
  );
  const hits: RecordHit[] = [];
  for (const { object, answer } of answers) {
    if (answer.outcome !== "done") return answer;
    hits.push(...answer.results.map((body) => hitOf(account, object, body)));
  }
  return { outcome: "done", hits };
}

/**
 * The fields that HubSpot works out hold digits only, some without the country's; numbers that it did not work out are
 * looked for by the group of digits at their end. All of it is loose: two countries share national numbers.
 */
export async function findByPhone(
  app: CrmApp,
  session: CrmSession,
  { account, e164 }: { readonly account: string; readonly e164: string },
): Promise<CrmResult<{ hits: RecordHit[] }>> {
  const whole = phoneVariants(e164).map((variant) => variant.slice(1));
  // A country's code has one to three digits.
  const national = [...new Set(whole.flatMap((digits) => [1, 2, 3].map((length) => digits.slice(length))))];
  const ending = `*${e164.slice(-4)}`;
  const asked: readonly { object: HubspotObject; filters: readonly Filter[] }[] = [
    {
      object: objects.contact,
      filters: [
        among("hs_searchable_calculated_international_phone_number", whole),
        among("hs_searchable_calculated_international_mobile_number", whole),
        among("hs_searchable_calculated_phone_number", national),
        among("hs_searchable_calculated_mobile_number", national),
        { propertyName: "hs_whatsapp_phone_number", operator: "CONTAINS_TOKEN", value: ending },
      ],
    },
    { object: objects.company, filters: [{ propertyName: "phone", operator: "CONTAINS_TOKEN", value: ending }] },
  ];
  const hits: RecordHit[] = [];
  for (const { object, filters } of asked) {
    const filterGroups = filters.map((filter) => ({ filters: [filter] }));
    const query = { filterGroups, limit: phoneHits, properties: propertiesOf(object) };
    const answer = await search(app, session, { object, query });
    if (answer.outcome !== "done") return answer;
    hits.push(...answer.results.map((body) => hitOf(account, object, body)));
  }
  return { outcome: "done", hits };
}

/** The address stands in the query, as HubSpot wants it: it is a colleague's, not a customer's. */
export async function findOwner(
  app: CrmApp,
  session: CrmSession,
  email: string,
): Promise<CrmResult<{ ownerId: string | null }>> {
  const schema = z.object({ results: z.array(z.object({ id: z.string(), archived: z.boolean().default(false) })) });
  const path = `/crm/owners/${versions.crm}?email=${encodeURIComponent(email)}`;
  const answer = settled(await request(app, { method: "GET", path, session, schema }));
  if (answer.outcome !== "done") return answer;
  return { outcome: "done", ownerId: answer.value.results.find(({ archived }) => !archived)?.id ?? null };
}

function among(propertyName: string, values: readonly string[]): Filter {
  return { propertyName, operator: "IN", values };
}

function propertiesOf(object: HubspotObject): string[] {
  return [...new Set([...identifying(object), ...object.details])];
}

function hitOf(account: string, object: HubspotObject, body: RecordBody): RecordHit {
  const values = valuesOf(body);
  return {
    ref: { crm: "hubspot", account, type: object.type, id: body.id },
    name: nameOf(object, values, body.id),
    detail: filled(values, object.details).join(" · "),
    phones: phonesOf(object, values),
  };
}
