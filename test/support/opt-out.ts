import type { ConsentEntry } from "@aparte/core/consent.ts";
import type { ConsentPolicy } from "@aparte/core/consent-policy.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { meet, optIn, templateNamed, templateTo } from "./conversation.ts";
import { bodyOf, change, delivery, newNumber, unixNow, wireMessage, type Meta } from "./meta-webhook.ts";
import type { World } from "./world.ts";

export type Person = { readonly waId: string; readonly contactId: string };
/** Who hides the number is known by the BSUID alone. */
type Writer = { readonly waId: string | null; readonly bsuid?: string };
export type Json = Readonly<Record<string, unknown>>;

/** Parts of a message as Meta's webhook words them. */
export const text = (body: string): Json => ({ type: "text", text: { body } });
export const tap = (label: string, payload = label): Json => ({ type: "button", button: { text: label, payload } });

/** Somebody who agreed to advertisements yesterday and wrote just now. */
export async function agreeingPerson(world: World, sql: postgres.Sql): Promise<Person> {
  const waId = newNumber();
  const contactId = await meet(world, sql, waId);
  await optIn(world, contactId, new Date(Date.now() - 86_400_000));
  return { waId, contactId };
}

/** A firm as the people who write to it know it: what they say comes in signed deliveries of Meta's. */
export function peopleOf(world: World, sql: postgres.Sql, meta: Meta) {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const deliver = async (body: string) => {
    if ((await meta.deliver(body)) !== 200) throw new Error("The delivery was not taken.");
  };
  return {
    /** One message of this person, said at `at` in unix seconds; answers its wamid. */
    async writes(writer: Writer, part: Json, at = unixNow()): Promise<string> {
      const wamid = `wamid.${randomUUID()}`;
      const { waId, bsuid } = writer;
      const message = {
        ...(waId === null ? {} : { from: waId }),
        ...(bsuid === undefined ? {} : { from_user_id: bsuid }),
        id: wamid,
        timestamp: String(at),
        ...part,
      };
      const contacts = waId === null ? [] : [{ profile: { name: "Ana" }, wa_id: waId }];
      await deliver(delivery(wabaId, [change(phoneNumberId, { contacts, messages: [message] })]));
      return wamid;
    },
    /** The phone app hands over what this person wrote long ago; answers the wamid. */
    async wroteOnce(person: Person, part: Json, at: number): Promise<string> {
      const context = { history_context: { status: "READ" } };
      const wamid = `wamid.${randomUUID()}`;
      const message = { ...wireMessage(person.waId, "", part), id: wamid, timestamp: String(at), ...context };
      const metadata = { display_phone_number: "33199004210", phone_number_id: phoneNumberId };
      const history = [
        { metadata: { phase: 0, chunk_order: 1, progress: 100 }, threads: [{ id: person.waId, messages: [message] }] },
      ];
      const value = { messaging_product: "whatsapp", metadata, history };
      await deliver(bodyOf([{ id: wabaId, changes: [{ field: "history", value }] }]));
      return wamid;
    },
    /** The person uses WhatsApp's own switch. */
    async switches(person: Person, preference: "stop" | "resume", at = unixNow()): Promise<void> {
      const metadata = { display_phone_number: "33199004210", phone_number_id: phoneNumberId };
      const told = { wa_id: person.waId, category: "marketing_messages", value: preference, timestamp: at };
      const value = {
        messaging_product: "whatsapp",
        metadata,
        contacts: [{ wa_id: person.waId }],
        user_preferences: [told],
      };
      await deliver(bodyOf([{ id: wabaId, changes: [{ field: "user_preferences", value }] }]));
    },
    /** Meta reports on a message of ours. */
    async reports(wamid: string, status: Json): Promise<void> {
      await deliver(
        delivery(wabaId, [
          change(phoneNumberId, { statuses: [{ id: wamid, timestamp: String(unixNow()), ...status }] }),
        ]),
      );
    },
    async isStored(wamid: string): Promise<void> {
      const found = () => sql`select from messaging_messages where wamid = ${wamid}`;
      await until("the message is stored", async () => (await found()).length > 0);
    },
  };
}

export async function ledgerOf(world: World, { contactId }: Person): Promise<readonly ConsentEntry[]> {
  return world.rep.consent.history.query({ contactId });
}

/** The entries of one action by machines, once there are so many. */
export async function toldTo(world: World, person: Person, action: ConsentEntry["action"], count: number) {
  return until(`the ledger has ${count} entries "${action}"`, async () => {
    const entries = (await ledgerOf(world, person)).filter(
      ({ action: does, actor }) => does === action && actor === null,
    );
    return entries.length === count ? entries : undefined;
  });
}

type SimEntry = {
  readonly kind: string;
  readonly wa_id: string;
  readonly body: { readonly text?: { readonly body: string } };
};

/** The texts that WhatsApp took for this person, in order. */
export async function textsTo(world: World, { waId }: Person): Promise<string[]> {
  const answer = await fetch(`${world.whatsapp.url}/_sim/ledger`);
  const entries = (await answer.json()) as readonly SimEntry[];
  const mine = entries.filter((entry) => entry.kind === "message" && entry.wa_id === waId);
  return mine.flatMap(({ body }) => (body.text ? [body.text.body] : []));
}

/** Why the firm may not send this template to the person; null when it was sent. */
export async function refusalOf(world: World, { contactId }: Person, name: string): Promise<string | null> {
  const input = templateTo(world, contactId, await templateNamed(world, name));
  const answer = await world.rep.messaging.sendTemplate.mutate(input);
  return answer.ok ? null : answer.refused;
}

/** The firm decides otherwise, until the answer is called. */
export async function decide(sql: postgres.Sql, policy: Partial<ConsentPolicy>): Promise<() => Promise<void>> {
  await sql`
    insert into consent_policies (workspace_id, settings, updated_by)
    select workspace_id, ${sql.json(policy)}, 'test' from workspaces
    on conflict (workspace_id) do update set settings = excluded.settings`;
  return async () => {
    await sql`delete from consent_policies`;
  };
}
