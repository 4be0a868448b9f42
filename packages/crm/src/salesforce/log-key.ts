import { createHash } from "node:crypto";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { LogKeyKind } from "../entry.ts";
import type { CrmResult } from "../outcome.ts";
import { describe, type Description } from "./fields.ts";

/** The object of our package for Salesforce, and its field that holds our key. */
export const conversationObject = "WA_Conversation__c";
export const logKeyField = "Log_Key__c";

/**
 * Looks whether an admin has installed the package, and let the person who connected write its records: then the key is
 * a unique external id. Otherwise entries are tasks, which every org has and in which no field of ours can be unique.
 * Nothing is created here: packages are installed by admins.
 */
export async function prepare(app: CrmApp, session: CrmSession): Promise<CrmResult<{ logKeyKind: LogKeyKind }>> {
  const described = await describe(app, session, conversationObject);
  if (described.outcome === "not_found") return { outcome: "done", logKeyKind: "read_back" };
  if (described.outcome !== "done") return described;
  return { outcome: "done", logKeyKind: isReady(described.value) ? "unique" : "read_back" };
}

function isReady({ createable, updateable, fields }: Description): boolean {
  const key = fields.find(({ name }) => name === logKeyField);
  return createable && updateable && key !== undefined && key.unique && key.externalId && key.createable;
}

/**
 * The short form of a key that stands at the end of a task's subject, because the only long text of a task cannot be
 * searched. Short enough for people not to mind; looked for on one person's records alone, where it is unique.
 */
export function subjectMark(logKey: string): string {
  return `[wa:${createHash("sha256").update(logKey).digest("hex").slice(0, 10)}]`;
}
