import { z } from "zod";
import { inOrder } from "./week.ts";

/** The rim for policies: what an admin saves. Apart from the policy so that clients need no zod. */

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const interval = z.tuple([time, z.union([time, z.literal("24:00")])]).readonly();

const dayHours = z.array(interval).max(6).refine(inOrder).readonly();

/** A week without any hour would hold messages for ever. */
const week = z
  .tuple([dayHours, dayHours, dayHours, dayHours, dayHours, dayHours, dayHours])
  .refine((days) => days.some((hours) => hours.length > 0))
  .readonly();

const phrases = z.array(z.string().trim().min(1).max(100)).max(200).readonly();
const countries = z
  .array(z.string().regex(/^[A-Z]{2}$/))
  .max(250)
  .readonly();
const cap = z.int().min(1).max(1000).nullable();

export const consentPolicySchema = z.strictObject({
  utilityNeedsConsent: z.boolean(),
  consentMonths: z.int().min(1).max(120).nullable(),
  strictFrance: z.boolean(),
  confirmOptOut: z.boolean(),
  ownStopWords: phrases,
  ownSoftPhrases: phrases,
  bindsPeople: z.boolean(),
  quietHours: z.strictObject({
    marketing: z.union([z.literal("by_country"), week]),
    utility: week.nullable(),
    holidays: z.boolean(),
  }),
  caps: z.strictObject({ day: cap, week: cap, month: cap, unreadRest: cap }),
  monthlyBudget: z
    .strictObject({ amount: z.number().positive().max(1_000_000_000), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable(),
  regulated: countries,
  closedCountries: countries,
});
