import type { TemplateView } from "@aparte/core/template.ts";
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { until } from "@aparte/launch/until.ts";
import { post, type World } from "./world.ts";

/** A person writes "hello": answers their contact id once we know them. */
export async function meet(world: World, sql: postgres.Sql, from: string): Promise<string> {
  await world.inbound({ from, profile_name: "Ana", type: "text", text: { body: "hello" } });
  return until("the person is known", async () => {
    const [row] = await sql<{ id: string }[]>`
      select p.id from contacts p join messaging_conversations c on c.workspace_id = p.workspace_id and c.contact_id = p.id
      join messaging_messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.id where p.wa_id = ${from}`;
    return row?.id;
  });
}

/** The input of a free text with an id of its own. */
export function textTo(world: World, contactId: string, text = "On our way") {
  const content = { kind: "text", text } as const;
  return { id: randomUUID(), contactId, channelId: world.channelId, content, replyTo: null };
}

export async function templateNamed(world: World, name: string): Promise<TemplateView> {
  return until(`the template ${name} is read`, async () => {
    const list = await world.rep.templates.list.query({ channelId: world.channelId });
    return list.find((template) => template.name === name && template.language === "en_US");
  });
}

/** The input of a template with an id of its own, each variable filled with a word. */
export function templateTo(world: World, contactId: string, template: TemplateView) {
  const values = Object.fromEntries(Object.keys(template.shape.examples).map((key) => [key, "Ana"]));
  return { id: randomUUID(), contactId, channelId: world.channelId, templateId: template.id, values };
}

/** A person has agreed to advertisements, now or at `at`. */
export async function optIn(world: World, contactId: string, at = new Date()): Promise<void> {
  await world.rep.consent.record.mutate({
    contactId,
    purposes: ["marketing"],
    action: "given",
    method: "in_person",
    wording: "May we write to you about offers? Yes.",
    occurredAt: at.toISOString(),
  });
}

export async function stateOf(sql: postgres.Sql, id: string): Promise<string | undefined> {
  const [row] = await sql<{ state: string }[]>`select state from messaging_messages where id = ${id}`;
  return row?.state;
}

export async function reaches(sql: postgres.Sql, id: string, state: string, withinMs?: number): Promise<void> {
  await until(`the message is ${state}`, async () => (await stateOf(sql, id)) === state, withinMs);
}

/** A message as WhatsApp took it. `arrivedAt`: its clock, in ms since the epoch. */
export type TakenMessage = {
  readonly waId: string;
  readonly wamid: string;
  /** Our id, as we sent it along. */
  readonly echo: string | null;
  readonly arrivedAt: number;
};

type LedgerEntry = {
  readonly kind: string;
  readonly wa_id: string;
  readonly wamid: string;
  readonly arrived_at: string;
  readonly body: { readonly biz_opaque_callback_data?: string };
};

/** All messages that WhatsApp took, in order: the truth outside of our own books. */
export async function taken(world: Pick<World, "whatsapp">): Promise<TakenMessage[]> {
  const answer = await fetch(`${world.whatsapp.url}/_sim/ledger`);
  const entries = (await answer.json()) as LedgerEntry[];
  return entries
    .filter(({ kind }) => kind === "message")
    .map(({ wa_id: waId, wamid, arrived_at: at, body }) => ({
      waId,
      wamid,
      echo: body.biz_opaque_callback_data ?? null,
      arrivedAt: Date.parse(at),
    }));
}

/** How often WhatsApp took the message with this id of ours. */
export async function timesTaken(world: Pick<World, "whatsapp">, id: string): Promise<number> {
  return (await taken(world)).filter(({ echo }) => echo === id).length;
}

type Fault = Readonly<Record<string, unknown>>;

/** Lets sends to WhatsApp go wrong; answers the way to lift it. */
export async function sendFault(world: World, action: Fault, times?: number): Promise<() => Promise<void>> {
  return fault(world, { match: { method: "POST", path: "/messages(\\?|$)", ...(times ? { times } : {}) }, action });
}

/** Keeps all webhooks back until lifted. */
export function holdWebhooks(world: World): Promise<() => Promise<void>> {
  return fault(world, { target: "webhook", action: { kind: "hold" } });
}

/** Has the simulator misbehave by a rule of its own, until lifted. */
export async function fault(world: World, rule: Fault): Promise<() => Promise<void>> {
  const { id } = (await post(`${world.whatsapp.url}/_sim/faults`, rule)) as { id: number };
  return async () => {
    await fetch(`${world.whatsapp.url}/_sim/faults/${id}`, { method: "DELETE" });
  };
}

/** Lets time pass in which webhooks could have told us: the only time that counts for a lost answer. */
export async function passHealthyTime(sql: postgres.Sql, seconds: number): Promise<void> {
  await sql`update webhook_health set healthy_seconds = healthy_seconds + ${seconds}`;
}
