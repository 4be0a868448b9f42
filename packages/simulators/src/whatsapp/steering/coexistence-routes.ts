import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { echo } from "../coexistence/echo.ts";
import { declineHistory, inventHistory, shareHistory } from "../coexistence/history.ts";
import { personOf } from "../people/directory.ts";
import { problemOfInbound } from "../people/inbound-kinds.ts";
import { completeInbound } from "../people/inbound-media.ts";
import { trafficBase } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";
import { waIdSchema } from "./wa-id.ts";

const echoSchema = z.looseObject({ to: waIdSchema, type: z.string().default("text") });
const historySchema = z.strictObject({
  /** False: the owner of the phone declines. */
  share: z.boolean().default(true),
  /** Messages that the phone app holds from before, to be written first. */
  invent: z
    .strictObject({ people: z.int().min(1).max(5000).default(20), messages: z.int().min(1).max(50_000) })
    .optional(),
  chunk_size: z.int().min(1).max(5000).default(1000),
});
const contactsSchema = z.strictObject({
  action: z.enum(["add", "remove"]).default("add"),
  contacts: z
    .array(z.strictObject({ full_name: z.string(), first_name: z.string().optional(), phone_number: waIdSchema }))
    .min(1),
});

type Parties = { account: Account; number: BusinessNumber };

/**
 * Mounts what the WhatsApp Business app does on a phone that shares its number with the API, under
 * `/_sim/numbers/{phone_number_id}/`: `echo` (somebody writes there), `history` and `contacts` (it synchronises).
 */
export function mountCoexistence(app: FastifyInstance, sim: Sim): void {
  const route = <S extends z.ZodType>(
    edge: string,
    schema: S,
    handle: (parties: Parties, request: z.infer<S>) => Promise<object | string>,
  ) =>
    app.post<{ Params: { id: string } }>(`/_sim/numbers/:id/${edge}`, async (request, reply): Promise<FastifyReply> => {
      const parsed = schema.safeParse(request.body ?? {});
      if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
      const number = sim.state.numbers.get(request.params.id);
      const account = number && sim.state.accounts.get(number.accountId);
      if (number === undefined || account === undefined) return reply.code(404).send({ error: "no such phone number" });
      const answer = await handle({ account, number }, parsed.data);
      return typeof answer === "string" ? reply.code(400).send({ error: answer }) : reply.send(answer);
    });

  route("echo", echoSchema, async (parties, { to, ...message }) => {
    const problem = problemOfInbound(message);
    const completed = problem ?? (await completeInbound(sim, parties.number, message));
    if (typeof completed === "string") return completed;
    const { wamid } = await echo(sim, { ...parties, person: personOf(sim.state, to) }, completed);
    return { id: wamid };
  });
  route("history", historySchema, async ({ number }, { share, invent, chunk_size }) => {
    if (invent !== undefined) inventHistory(sim, number, invent);
    if (share) return { webhooks: await shareHistory(sim, number, chunk_size) };
    await declineHistory(sim, number);
    return { webhooks: 1 };
  });
  route("contacts", contactsSchema, async ({ account, number }, { action, contacts }) => {
    const metadata = { timestamp: String(sim.clock.seconds()) };
    const state_sync = contacts.map((contact) => ({ type: "contact", contact, action, metadata }));
    await announce(sim, account.id, "smb_app_state_sync", { ...trafficBase({ number }), state_sync });
    return { contacts: contacts.length };
  });
}
