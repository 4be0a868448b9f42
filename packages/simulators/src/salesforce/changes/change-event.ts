import { randomUUID } from "node:crypto";
import { z } from "zod";
import { MY_DOMAIN, ORG_ID } from "../identity.ts";

/** Which kinds of ledger entry are changes of data. Emptying the recycle bin is none. */
const CHANGE_TYPES: Readonly<Record<string, ChangeType>> = {
  create: "CREATE",
  update: "UPDATE",
  delete: "DELETE",
  undelete: "UNDELETE",
};

/** A gap says that records changed and not how; an overflow not even which. */
export const CHANGE_TYPE_NAMES = [
  "CREATE",
  "UPDATE",
  "DELETE",
  "UNDELETE",
  "GAP_CREATE",
  "GAP_UPDATE",
  "GAP_DELETE",
  "GAP_UNDELETE",
  "GAP_OVERFLOW",
] as const;
export type ChangeType = (typeof CHANGE_TYPE_NAMES)[number];

/** A change as it stands in the ledger. */
const noteSchema = z.object({
  object: z.string(),
  id: z.string(),
  user_id: z.string(),
  path: z.string(),
  client: z.string().optional(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});

/** What changed. `userId`: by whom; `origin`: by which way in. */
export type Change = {
  entity: string;
  recordIds: readonly string[];
  changeType: ChangeType;
  origin: string;
  userId: string;
  fields: Readonly<Record<string, string | number | boolean | null>>;
};

/** Reads an entry of the ledger; undefined for what is no change of a record. */
export function changeOf(kind: string, facts: unknown): Change | undefined {
  const verb = kind.split(".").at(-1) ?? "";
  const changeType = Object.hasOwn(CHANGE_TYPES, verb) ? CHANGE_TYPES[verb] : undefined;
  const note = noteSchema.safeParse(facts);
  if (changeType === undefined || !note.success) return undefined;
  const { object, id, user_id: userId, fields } = note.data;
  return { entity: object, recordIds: [id], changeType, origin: originOf(note.data), userId, fields };
}

/** Puts changes together that say the same of several records of one transaction, as Salesforce does. */
export function mergeChanges(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const { recordIds, ...rest } = change;
    const key = JSON.stringify(rest);
    const known = merged.get(key);
    const ids = [...new Set([...(known?.recordIds ?? []), ...recordIds])];
    merged.set(key, { ...change, recordIds: ids });
  }
  return [...merged.values()];
}

/** One event, with the org that it comes from. Source: Change Data Capture Developer Guide, Change Event Header Fields. */
export type ChangeEvent = ReturnType<typeof changeEvent>;

export function changeEvent(
  change: Change,
  at: { replayId: number; sequenceNumber: number; transactionKey: string; now: number },
) {
  const { entity, recordIds, changeType, origin, userId, fields } = change;
  const isUpdate = changeType === "UPDATE";
  const names = Object.keys(fields);
  const hasFields = isUpdate || changeType === "CREATE" || changeType === "UNDELETE";
  const modified = new Date(at.now).toISOString();
  return {
    organizationId: ORG_ID,
    myDomain: MY_DOMAIN,
    event: { replayId: at.replayId },
    payload: {
      ChangeEventHeader: {
        entityName: entity,
        recordIds,
        changeType,
        changeOrigin: origin,
        transactionKey: at.transactionKey,
        sequenceNumber: at.sequenceNumber,
        commitTimestamp: at.now,
        commitNumber: at.now * 1_000 + at.sequenceNumber,
        commitUser: userId,
        nulledFields: isUpdate ? names.filter((name) => fields[name] === null) : [],
        diffFields: [],
        changedFields: isUpdate ? [...names, "LastModifiedDate"] : [],
      },
      ...(hasFields ? { ...fields, LastModifiedDate: modified } : {}),
    },
  };
}

export const newTransactionKey = (): string => randomUUID();

/** `com/salesforce/api/rest/67.0;client=aparte`; what people do on pages comes by a way of Salesforce's own. */
function originOf({ path, client }: { path: string; client?: string | undefined }): string {
  const version = /^\/services\/data\/v(\d+\.\d)\//u.exec(path)?.[1];
  if (version === undefined) return "com/salesforce/api/soap/67.0;client=SfdcInternalAPI/";
  return `com/salesforce/api/rest/${version}${client === undefined ? "" : `;client=${client}`}`;
}
