import { createHmac } from "node:crypto";
import type { Deps } from "../platform/context.ts";
import type { RowFacts } from "./import-row.ts";

/** Names a piece of evidence about a person and a purpose without telling it: the same for the same evidence. */
export type EvidencePrint = (workspaceId: string, contactId: string, purpose: string, facts: RowFacts) => string;

/** Keyed with the server's master key, like the fingerprints of numbers. */
export function evidencePrints({ vault }: Pick<Deps, "vault">): EvidencePrint {
  const key = vault.derive("consent.import");
  return (workspaceId, contactId, purpose, { channelId, occurredAt, method, wording, source }) =>
    createHmac("sha256", key)
      .update(JSON.stringify([workspaceId, contactId, purpose, channelId, occurredAt, method, wording, source]))
      .digest("base64url");
}
