import { createHmac } from "node:crypto";
import type { Deps } from "../platform/context.ts";

/**
 * Names a number or a WhatsApp id of a workspace without telling it: the same for the same one, and of no use to somebody who
 * has the database alone, although there are few enough numbers to try them all.
 */
export type Fingerprint = (workspaceId: string, name: string) => string;

/** The fingerprints of this server: keyed with its master key. */
export function fingerprints({ vault }: Pick<Deps, "vault">): Fingerprint {
  const key = vault.derive("contacts.fingerprint");
  return (workspaceId, name) => createHmac("sha256", key).update(`${workspaceId} ${name}`).digest("base64url");
}
