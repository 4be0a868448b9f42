import { z } from "zod";
import { dateOrders, importFields } from "./consent-import.ts";

const fieldSource = z
  .union([
    z.strictObject({ column: z.int().min(0).max(500) }),
    z.strictObject({ value: z.string().trim().min(1).max(4000) }),
  ])
  .nullable();

/** How a file of consents or opt-outs is to be read. */
export const mapImportInput = z.strictObject({
  id: z.uuid(),
  mapping: z.strictObject({
    fields: z.partialRecord(z.enum(importFields), fieldSource),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
    dateOrder: z.enum(dateOrders),
  }),
});
export type MapImportInput = z.infer<typeof mapImportInput>;

export const startImportInput = z.strictObject({
  id: z.uuid(),
  /** What the person who starts it declares, in the words that they saw; null for opt-outs. */
  declaration: z.string().trim().min(20).max(2000).nullable(),
});
export type StartImportInput = z.infer<typeof startImportInput>;
