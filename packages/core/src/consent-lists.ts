import { z } from "zod";
import { consentMethods, consentPurposes, type ConsentMethod, type ConsentPurpose } from "./consent.ts";

/** Which opt-outs are wanted. */
export const optOutFilter = z.strictObject({
  /** A number, or beginnings of words of a name; empty: everybody. */
  search: z.string().trim().max(200),
  purpose: z.enum(consentPurposes).nullable(),
  method: z.enum(consentMethods).nullable(),
  /** The number that the person said it to; null: any, or all of them. */
  channelId: z.uuid().nullable(),
  /** The days, both included. */
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
});
export type OptOutFilter = z.infer<typeof optOutFilter>;

export const optOutsInput = z.strictObject({
  filter: optOutFilter,
  /** Where the page before ended; null: the newest. */
  after: z.string().max(200).nullable(),
  limit: z.int().min(1).max(200).default(50),
});

/** Somebody who said no: one row per moment and number, whatever the number of purposes. */
export type OptOutView = {
  readonly contactId: string;
  readonly name: string | null;
  /** Digits without plus; null for somebody who hides the number or was forgotten. */
  readonly waId: string | null;
  readonly purposes: readonly ConsentPurpose[];
  /** Null: all our numbers. */
  readonly channelId: string | null;
  readonly method: ConsentMethod;
  readonly since: string;
  /** Said in WhatsApp's own settings: only the person can lift it, and only there. */
  readonly atWhatsapp: boolean;
};

export const exportLists = ["opt_outs", "consents", "import_problems"] as const;

/** What is to be fetched as CSV. */
export const exportInput = z.strictObject({
  list: z.enum(exportLists),
  /** For `import_problems`. */
  importId: z.uuid().nullable(),
  /** `spreadsheet`: no cell can be taken for a formula. `machine`: values as they are, for programs. */
  variant: z.enum(["spreadsheet", "machine"]),
  language: z.enum(["en", "fr"]),
});
export type ExportInput = z.infer<typeof exportInput>;
