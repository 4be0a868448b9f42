import { z } from "zod";
import { retentionKinds } from "./retention.ts";

/** What is read of a person, as it is noted: "who saw what" is asked when data leaked (GDPR Art. 33). */
export const readKinds = ["conversation", "consent", "record", "file", "search", "privacy", "export"] as const;
export type ReadKind = (typeof readKinds)[number];

/** What is noted in the register of acts for people's rights. */
export const privacyActs = [
  "exported",
  "export_taken",
  "erased",
  "restricted",
  "lifted",
  "held",
  "released",
  "corrected",
] as const;
export type PrivacyActKind = (typeof privacyActs)[number];

export type PrivacyAct = {
  readonly id: string;
  readonly kind: PrivacyActKind;
  /** Name of the colleague. */
  readonly actor: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
};

export type ExportState = "waiting" | "ready" | "taken" | "ended" | "failed";

export type ExportView = {
  readonly id: string;
  readonly state: ExportState;
  /** Name of the colleague who asked; only they can fetch it. */
  readonly actor: string;
  readonly isMine: boolean;
  /** ISO 8601. */
  readonly askedAt: string;
  /** ISO 8601: until then it can be fetched, once; null while it is made. */
  readonly endsAt: string | null;
  /** Bytes; null while it is made. */
  readonly size: number | null;
};

/** Reads of one person by one colleague: of one kind, in one hour. */
export type ReadView = {
  readonly contactId: string;
  /** Null for somebody who is forgotten. */
  readonly person: string | null;
  readonly actor: string;
  readonly what: ReadKind;
  /** ISO 8601. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly count: number;
};

/** One person, as an administrator sees them who answers to their rights. */
export type PrivacyPerson = {
  readonly contactId: string;
  readonly name: string | null;
  /** As people write it; null for one who hides it. */
  readonly number: string | null;
  readonly messages: number;
  readonly files: number;
  readonly consents: number;
  /** Names of the CRM accounts in which the person has a record. */
  readonly records: readonly string[];
  /** ISO 8601; null: not set. */
  readonly restrictedAt: string | null;
  readonly restrictedReason: string | null;
  readonly heldAt: string | null;
  readonly heldReason: string | null;
  readonly isErased: boolean;
  readonly exports: readonly ExportView[];
  readonly acts: readonly PrivacyAct[];
};

const id = z.uuid();
/** Why it is done, for the register: a rights request is answered by somebody, for a reason. */
const reason = z.string().trim().min(3).max(500);

export const personInput = z.strictObject({ contactId: id });
export const erasePersonInput = z.strictObject({
  contactId: id,
  /** Typed by hand: the last four digits of the number, or the name of one who hides it. */
  confirmation: z.string().trim().min(1).max(200),
  reason,
});
export type ErasePersonInput = z.infer<typeof erasePersonInput>;

export const keepingInput = z.strictObject({
  contactId: id,
  keeping: z.enum(["restriction", "hold"]),
  on: z.boolean(),
  reason,
});
export type KeepingInput = z.infer<typeof keepingInput>;

export const correctPersonInput = z.strictObject({
  contactId: id,
  name: z.string().trim().min(1).max(200).nullable().default(null),
  e164: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/)
    .nullable()
    .default(null),
  reason,
});
export type CorrectPersonInput = z.infer<typeof correctPersonInput>;

export const retentionInput = z.strictObject({ kind: z.enum(retentionKinds), days: z.int().positive() });
export type RetentionInput = z.infer<typeof retentionInput>;
