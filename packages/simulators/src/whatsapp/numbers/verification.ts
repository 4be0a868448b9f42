import type { Verified } from "./setup.ts";
import { randomInt } from "node:crypto";
import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import { TEMPLATE_LANGUAGES } from "../templates/languages.ts";

const MINUTE_MS = 60_000;
const CODE_LIFE_MS = 10 * MINUTE_MS;
/** More codes than these in ten minutes are too soon. Meta tells no figure; this one is ours. */
const MOST_CODES = 3;

const requestSchema = z.looseObject({
  code_method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["SMS", "VOICE"])),
  language: z.string().refine((code) => TEMPLATE_LANGUAGES.has(code), "is not a supported language"),
});
const verifySchema = z.looseObject({
  code: z.coerce.string<string | number>().transform((code) => code.replaceAll(/\D/gu, "")),
});

/** `request_code`: a code is texted or spoken to the number; 136024 when codes are asked for too often. */
export function requestCode(sim: Sim, call: Call, node: Verified): Refusal | object {
  const request = parseParam(requestSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const now = sim.clock.now();
  const sent = (node.code?.sent ?? []).filter((at) => now - at < CODE_LIFE_MS);
  if (sent.length >= MOST_CODES) return refuseCloud(136024, "Please wait before you ask for another code.");
  const code = String(randomInt(100_000, 1_000_000));
  node.code = { code, sentAt: now, sent: [...sent, now] };
  sim.ledger.record("code_sent", { id: node.id, method: request.code_method, language: request.language, code });
  return { success: true };
}

/** `verify_code`: the number is verified; 136025 for a code that is wrong, used or older than ten minutes. */
export function verifyCode(sim: Sim, call: Call, node: Verified): Refusal | object {
  const request = parseParam(verifySchema, call.params, "");
  if (request instanceof Refusal) return request;
  const sent = node.code;
  const isFresh = sent !== undefined && sim.clock.now() - sent.sentAt < CODE_LIFE_MS;
  if (!isFresh || sent.code !== request.code) {
    return refuseCloud(136025, "The verification code is not correct. Ask for a new code and try again.");
  }
  node.code = undefined;
  node.verification = "VERIFIED";
  sim.ledger.record("number_verified", { id: node.id });
  return { success: true, id: node.id };
}
