import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { VirtualClock } from "./clock.ts";
import { faultRuleSchema } from "./faults.ts";
import type { Faults } from "./faults.ts";
import type { Ledger } from "./ledger.ts";

/**
 * What a simulator hands over to be steered. `identity` is answered as it is; `reset` puts its state back to the seed;
 * `settle` resolves when nothing that it has begun by itself is under way: the clock is not moved before, and a move
 * is not answered before.
 */
export type Controlled = {
  clock: VirtualClock;
  ledger: Ledger;
  faults: Faults;
  identity: () => unknown;
  reset: () => void | Promise<void>;
  settle?: () => Promise<void>;
};

const clockMove = z.union([
  z.strictObject({ advance_ms: z.number().nonnegative() }),
  z.strictObject({ now: z.union([z.number().nonnegative(), z.iso.datetime({ offset: true })]) }),
]);

const wholeNumber = z.coerce.number().int();

/**
 * Mounts the steering of a simulator under `/_sim/`: `identity`, `ledger`, `faults` (GET lists, POST adds one rule or a
 * list of rules, DELETE lifts all or `/faults/{id}`), `clock` (GET; POST `{advance_ms}` or `{now}`, answered when
 * everything due on the way has happened) and `reset` (POST). A request that makes no sense is answered 400 with the reason.
 */
export function mountControl(app: FastifyInstance, controlled: Controlled): void {
  const { clock, ledger, faults } = controlled;
  const clockState = () => ({ now: clock.now(), iso: clock.iso() });

  app.get("/_sim/identity", () => controlled.identity());
  app.get("/_sim/ledger", () => ledger.all());

  app.get("/_sim/clock", clockState);
  app.post("/_sim/clock", async (request, reply) => {
    const move = clockMove.safeParse(request.body);
    if (!move.success) return reply.code(400).send({ error: z.prettifyError(move.error) });
    await controlled.settle?.();
    if ("advance_ms" in move.data) await clock.advance(move.data.advance_ms);
    else await clock.set(new Date(move.data.now).getTime());
    await controlled.settle?.();
    return clockState();
  });

  app.post("/_sim/reset", async () => {
    clock.reset();
    await controlled.reset();
    faults.remove();
    ledger.clear();
    return { reset: true };
  });
  mountFaults(app, faults);
}

function mountFaults(app: FastifyInstance, faults: Faults): void {
  app.get("/_sim/faults", () => faults.list());
  app.post("/_sim/faults", (request, reply) => {
    const rules = z.array(faultRuleSchema).safeParse(Array.isArray(request.body) ? request.body : [request.body]);
    if (!rules.success) return reply.code(400).send({ error: z.prettifyError(rules.error) });
    const ids = rules.data.map((rule) => faults.add(rule));
    return reply.code(201).send({ id: ids[0], ids });
  });
  app.delete("/_sim/faults", (_request, reply) => {
    faults.remove();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>("/_sim/faults/:id", (request, reply) => {
    const id = wholeNumber.safeParse(request.params.id);
    const removed = id.success && faults.remove(id.data);
    return removed ? reply.code(204).send() : reply.code(404).send({ error: "no fault rule of that id" });
  });
}
