import { randomInt } from "node:crypto";

/** Somebody whom nobody has written to yet, on a record of a CRM. */
export type JobPerson = {
  /** The record that is opened: the person's own, or one that they stand on. */
  readonly recordId: string;
  readonly name: string;
  /** Digits without plus. */
  readonly waId: string;
  readonly url: string;
};

/** A record on which the main job is done. */
export type JobRecord = JobPerson & {
  /** Texts of the entries that stand on the record's timeline now. */
  readonly entries: () => Promise<readonly string[]>;
};

/** A Brazilian mobile number that nobody has had before, as people write it. */
export function newNumber(): string {
  return `+55 11 9${randomInt(1000, 10_000)}-${randomInt(1000, 10_000)}`;
}

/** As WhatsApp writes it. */
export function waIdOf(phone: string): string {
  return phone.replaceAll(/\D/g, "");
}

/** An email address that nobody has had before. */
export function newEmail(): string {
  return `ana.${randomInt(1_000_000)}@souza.example`;
}
