import type { FastifyReply } from "fastify";
import { z } from "zod";

/** Reads a steering body. One that makes no sense is answered here, 400 with the reason, and undefined is returned. */
export function readSteering<T>(schema: z.ZodType<T>, body: unknown, reply: FastifyReply): T | undefined {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  void reply.code(400).send({ error: z.prettifyError(parsed.error) });
  return undefined;
}
