import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isCloudErrorCode } from "../error-catalogue.ts";
import { personOf } from "../people/directory.ts";
import { changeNumber, changeUserId } from "../people/identity-changes.ts";
import { habitSchema } from "../people/habit.ts";
import type { Behaviour, Person } from "../people/person.ts";
import { setBlocks, setOptOut } from "../people/preferences.ts";
import type { Sim } from "../sim.ts";
import { waIdSchema } from "./wa-id.ts";

const ms = z.number().int().nonnegative().optional();
const behaviourSchema = z.strictObject({
  from: waIdSchema.optional(),
  sent_ms: ms,
  delivered_ms: ms,
  read_ms: ms,
  reads: z.boolean().optional(),
  plays: z.boolean().optional(),
  skip_delivered: z.boolean().optional(),
});

const personSchema = z.strictObject({
  name: z.string().min(1).optional(),
  username: z.string().min(3).max(35).nullable().optional(),
  phone_hidden: z.boolean().nullable().optional(),
  blocked: z.boolean().optional(),
  opted_out: z.boolean().optional(),
  not_on_whatsapp: z.boolean().optional(),
  /** The business numbers that the person blocks, by id: each one newly blocked lowers that number's quality. */
  blocks: z.array(z.string()).optional(),
  /** Marketing templates a day; null for Meta's rule. */
  marketing_cap: z.int().nonnegative().nullable().optional(),
  /** What the person does about messages that come, in place of what it was. */
  habits: z.array(habitSchema).optional(),
  reads: z.boolean().optional(),
  identity_key_hash: z.string().nullable().optional(),
  fail_code: z.number().int().refine(isCloudErrorCode, "is not a code that this simulator gives").nullable().optional(),
  phone_number_id: z.string().optional(),
  /** The person moves to this number, told by webhook. */
  wa_id: waIdSchema.optional(),
  /** True: the person's ids are made anew, told by webhook. */
  new_user_id: z.boolean().optional(),
  /** The portfolios whose contact book holds the person's number, by id. */
  contact_book: z.array(z.string()).optional(),
});

/** Mounts what moves people: `/_sim/behaviour` and `/_sim/people/{wa_id}`. */
export function mountPeople(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/behaviour", () => sim.behaviour);
  app.post("/_sim/behaviour", (request, reply) => {
    const parsed = behaviourSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const { from, ...given } = parsed.data;
    const changes: Partial<Behaviour> = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    if (from === undefined) {
      sim.behaviour = { ...sim.behaviour, ...changes };
      return sim.behaviour;
    }
    const person = personOf(sim.state, from);
    person.behaviour = { ...person.behaviour, ...changes };
    return { ...sim.behaviour, ...person.behaviour };
  });
  mountPerson(app, sim);
}

function mountPerson(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/people", () => [...sim.state.people.values()].map((person) => personView(sim, person)));
  app.post<{ Params: { wa_id: string } }>("/_sim/people/:wa_id", async (request, reply) => {
    const id = waIdSchema.safeParse(request.params.wa_id);
    const parsed = personSchema.safeParse(request.body ?? {});
    if (!id.success) return reply.code(400).send({ error: z.prettifyError(id.error) });
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const { wa_id: newNumber, new_user_id, ...changes } = parsed.data;
    const person = personOf(sim.state, id.data);
    setFacts(person, changes);
    if (changes.contact_book !== undefined) setContactBooks(sim, person, changes.contact_book);
    if (changes.opted_out !== undefined) setOptOut(sim, person, changes.opted_out, changes.phone_number_id);
    if (changes.blocks !== undefined) await setBlocks(sim, person, changes.blocks);
    if (new_user_id === true) changeUserId(sim, person);
    if (newNumber !== undefined) changeNumber(sim, person, newNumber);
    return personView(sim, person);
  });
}

function setFacts(person: Person, changes: Omit<z.infer<typeof personSchema>, "wa_id" | "new_user_id">): void {
  person.name = changes.name ?? person.name;
  if (changes.username !== undefined) person.username = changes.username ?? undefined;
  if (changes.phone_hidden !== undefined) person.phoneHidden = changes.phone_hidden ?? undefined;
  person.blocked = changes.blocked ?? person.blocked;
  person.notOnWhatsApp = changes.not_on_whatsapp ?? person.notOnWhatsApp;
  if (changes.marketing_cap !== undefined) person.marketingCap = changes.marketing_cap ?? undefined;
  person.habits = changes.habits ?? person.habits;
  if (changes.reads !== undefined) person.behaviour.reads = changes.reads;
  if (changes.identity_key_hash !== undefined) person.identityHash = changes.identity_key_hash ?? undefined;
  if (changes.fail_code !== undefined) person.failCode = changes.fail_code ?? undefined;
}

function setContactBooks(sim: Sim, person: Person, businessIds: string[]): void {
  for (const { id, contactBook } of sim.state.portfolios.values()) {
    if (businessIds.includes(id)) contactBook.add(person.waId);
    else contactBook.delete(person.waId);
  }
}

function personView(sim: Sim, person: Person): Record<string, unknown> {
  return {
    wa_id: person.waId,
    name: person.name,
    username: person.username ?? null,
    phone_hidden: person.phoneHidden ?? null,
    blocked: person.blocked,
    blocks: [...person.blockedNumbers],
    marketing_cap: person.marketingCap ?? null,
    opted_out_of: [...person.optedOutOf],
    not_on_whatsapp: person.notOnWhatsApp,
    identity_key_hash: person.identityHash ?? null,
    fail_code: person.failCode ?? null,
    behaviour: { ...sim.behaviour, ...person.behaviour },
    habits: person.habits,
  };
}
