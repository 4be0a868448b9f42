import { createHmac } from "node:crypto";
import type { Deps } from "../platform/context.ts";

/**
 * Names a number of a workspace without telling it: the same for the same number, and of no use to somebody who has the database
 * alone, since there are few enough numbers to try them all.
 */
export type Fingerprint = (workspaceId: string, waId: string) => string;

/** The fingerprints of this server: keyed with its master key. */
export function fingerprints({ vault }: Pick<Deps, "vault">): Fingerprint {
  const key = vault.derive("contacts.fingerprint");
  return (workspaceId, waId) => createHmac("sha256", key).update(`${workspaceId} ${waId}`).digest("base64url");
}
