import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { waIdSchema } from "../steering/wa-id.ts";
import { join } from "./members.ts";

const joinSchema = z.strictObject({ from: waIdSchema });

/** Mounts `/_sim/groups/{id}/join`: a person follows the invite link of a group. */
export function mountGroups(app: FastifyInstance, sim: Sim): void {
  app.post<{ Params: { id: string } }>("/_sim/groups/:id/join", async (request, reply) => {
    const parsed = joinSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const group = sim.state.groups.get(request.params.id);
    if (group === undefined) return reply.code(404).send({ error: "no such group" });
    if (!(await join(sim, group, parsed.data.from))) return reply.code(409).send({ error: "the group is full" });
    return { id: group.id, participants: group.participants, join_requests: group.joinRequests.map(({ id }) => id) };
  });
}
