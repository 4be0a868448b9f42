import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { pairOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import { waIdSchema } from "../steering/wa-id.ts";
import { endCall, newCall, ongoingCall, tellEvent, tellStatus } from "./call.ts";

const SDP = "v=0\r\no=- 0 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";

const beginSchema = z.strictObject({ phone_number_id: z.string(), from: waIdSchema });
const actSchema = z.strictObject({ action: z.enum(["accept", "reject", "terminate"]) });

/** Mounts `/_sim/calls`, by which a person calls a business, and `/_sim/calls/{id}`: they answer, or hang up. */
export function mountCalls(app: FastifyInstance, sim: Sim): void {
  app.post("/_sim/calls", async (request, reply) => {
    const parsed = beginSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const { phone_number_id, from: waId } = parsed.data;
    const number = sim.state.numbers.get(phone_number_id);
    if (number === undefined) return reply.code(404).send({ error: "no such phone_number_id" });
    if (ongoingCall(sim, number, waId) !== undefined) return reply.code(409).send({ error: "a call is going on" });
    const now = sim.clock.now();
    // A call opens the customer service window as a message does.
    pairOf(sim.state, number.id, waId, now).lastInboundAt = now;
    const facts = { phoneNumberId: number.id, waId, bizOpaqueCallbackData: undefined };
    const call = newCall(sim, { ...facts, direction: "USER_INITIATED" });
    await tellEvent(sim, call, { event: "connect", session: { sdp_type: "offer", sdp: SDP } });
    return { id: call.id };
  });

  app.post<{ Params: { id: string } }>("/_sim/calls/:id", async (request, reply) => {
    const parsed = actSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const call = sim.state.calls.get(request.params.id);
    if (call === undefined || call.endedAt !== undefined) return reply.code(404).send({ error: "no such call" });
    if (parsed.data.action !== "accept") {
      if (parsed.data.action === "reject") await tellStatus(sim, call, "REJECTED");
      await endCall(sim, call);
      return { id: call.id };
    }
    call.acceptedAt = sim.clock.now();
    await tellStatus(sim, call, "ACCEPTED");
    await tellEvent(sim, call, { event: "connect", session: { sdp_type: "answer", sdp: SDP } });
    return { id: call.id };
  });
}
