import { z } from "zod";
import { canonicalWaId } from "../people/canonical-wa-id.ts";

/** The digits under which WhatsApp knows a phone number, however it is written. */
export const waIdSchema = z
  .string()
  .transform((number) => number.replaceAll(/[\s()+.-]/gu, ""))
  .refine((digits) => /^[1-9]\d{6,14}$/u.test(digits), "must be the digits of a phone number")
  .transform(canonicalWaId);
