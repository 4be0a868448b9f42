import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Org } from "../org.ts";
import { readRecordId } from "../record-id.ts";
import type { SObject } from "../record-store.ts";
import { convertLead } from "../records/convert-lead.ts";
import { mergeRecords } from "../records/merge-records.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { readSteering } from "./read-steering.ts";
import { writeOfPerson } from "./record-routes.ts";

const mergeSchema = z.strictObject({ object: z.string(), winner: z.string(), losers: z.array(z.string()).min(1) });
const convertSchema = z.strictObject({
  lead: z.string(),
  account: z.string().optional(),
  contact: z.string().optional(),
  opportunity: z.string().nullable().default(null),
});

/**
 * Mounts what people do on record pages and the REST API has no call for: `merge` (`{object, winner, losers}`, ids) and
 * `convert-lead` (`{lead, account?, contact?, opportunity?}`: ids of records to go into, and the name of a new deal).
 */
export function mountLifecycleSteering(app: FastifyInstance, org: Org): void {
  app.post("/_sim/merge", (request, reply) => {
    const asked = readSteering(mergeSchema, request.body, reply);
    if (asked === undefined) return reply;
    const [winner, ...losers] = [asked.winner, ...asked.losers].map((id) => live(org, asked.object, id));
    if (winner === undefined || losers.includes(undefined)) return reply.code(404).send({ error: "no such record" });
    const others = losers.filter((loser) => loser !== undefined);
    return orRefusal(reply, () => {
      mergeRecords(writeOfPerson(org, request), winner, others);
      return { id: winner.id, merged: others.map(({ id }) => id) };
    });
  });

  app.post("/_sim/convert-lead", (request, reply) => {
    const asked = readSteering(convertSchema, request.body, reply);
    if (asked === undefined) return reply;
    const lead = live(org, "Lead", asked.lead);
    const account = asked.account === undefined ? undefined : live(org, "Account", asked.account);
    const contact = asked.contact === undefined ? undefined : live(org, "Contact", asked.contact);
    const isMissing = (id: string | undefined, record: SObject | undefined) => id !== undefined && record === undefined;
    if (lead === undefined || isMissing(asked.account, account) || isMissing(asked.contact, contact)) {
      return reply.code(404).send({ error: "no such record" });
    }
    return orRefusal(reply, () => {
      const conversion = { lead, account, contact, opportunityName: asked.opportunity };
      const { accountId, contactId, opportunityId } = convertLead(writeOfPerson(org, request), conversion);
      return { account_id: accountId, contact_id: contactId, opportunity_id: opportunityId };
    });
  });
}

function live(org: Org, object: string, given: string): SObject | undefined {
  const type = org.schema.find(object);
  const id = readRecordId(given);
  return type === undefined || id === undefined ? undefined : org.records.live(type, id);
}

/** What the org refuses is answered in its words. */
function orRefusal(reply: FastifyReply, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return reply.code(error.status).send(error.body());
  }
}
