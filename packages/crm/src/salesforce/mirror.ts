import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import type { MirrorConsent, MirrorValues } from "../record.ts";
import { whoAmI } from "./account.ts";
import { data, repeatable, request, settled } from "./client.ts";
import { describe } from "./fields.ts";
import { objects } from "./objects.ts";
import { select, soql } from "./query.ts";

/** The types that have the fields: the people. */
const mirrored = ["contact", "lead"] as const;

const choices: readonly { readonly fullName: MirrorConsent["state"]; readonly label: string }[] = [
  { fullName: "opted_in", label: "Opted in" },
  { fullName: "opted_out", label: "Opted out" },
  { fullName: "unknown", label: "Unknown" },
];

/** The fields of the mirror. Their names never change: reports of the org are built on them. */
export const fields = {
  WA_Consent_Status__c: {
    label: "WhatsApp consent",
    type: "Picklist",
    inlineHelpText: "Whether this person agreed to WhatsApp marketing. Opting out here counts; opting in needs proof.",
    valueSet: {
      restricted: true,
      valueSetDefinition: { sorted: false, value: choices.map((choice) => ({ ...choice, default: false })) },
    },
  },
  WA_Consent_At__c: { label: "WhatsApp consent since", type: "DateTime" },
  WA_Consent_Source__c: { label: "WhatsApp consent given by", type: "Text", length: 255 },
  WA_Last_Contact__c: { label: "Last WhatsApp contact", type: "DateTime" },
} as const;
type MirrorField = keyof typeof fields;

/** New fields are shown to nobody until somebody has the right to see them. */
const permissionSet = { Name: "Aparte", Label: "Aparté" };

export async function hasMirror(app: CrmApp, session: CrmSession): Promise<CrmResult<{ exists: boolean }>> {
  const read = await readFields(app, session);
  return read.outcome === "done" ? { outcome: "done", exists: read.missing.length === 0 } : read;
}

/** Fields of an object are described only to those who may see them, so a field may be "missing" and yet be there. */
export async function createMirror(app: CrmApp, session: CrmSession): Promise<CrmResult<object>> {
  const read = await readFields(app, session);
  if (read.outcome !== "done") return read;
  if (read.missing.length === 0) return { outcome: "done" };
  for (const { object, field } of read.missing) {
    const json = { FullName: `${object}.${field}`, Metadata: fields[field] };
    const created = await create({ app, session, json, address: `${data}/tooling/sobjects/CustomField` });
    if (created.outcome !== "done") return created;
  }
  return allow(app, session, read.wanted);
}

/** Shows the fields to the person who connected, by a permission set that an admin can give to others. */
async function allow(app: CrmApp, session: CrmSession, wanted: readonly Named[]): Promise<CrmResult<object>> {
  const user = await whoAmI(app, session);
  if (user.outcome !== "done") return user;
  const made = await create({ app, session, json: permissionSet, address: `${data}/sobjects/PermissionSet` });
  if (made.outcome !== "done") return made;
  const query = soql`SELECT Id FROM PermissionSet WHERE Name = ${permissionSet.Name} LIMIT 1`;
  const rows = await select(app, session, { query, row: z.object({ Id: z.string() }) });
  if (rows.outcome !== "done") return rows;
  const PermissionSetId = rows.value[0]?.Id ?? "";
  const rights = wanted.map(({ object, field }) => ({
    address: `${data}/sobjects/FieldPermissions`,
    json: {
      ParentId: PermissionSetId,
      SobjectType: object,
      Field: `${object}.${field}`,
      PermissionsRead: true,
      PermissionsEdit: true,
    },
  }));
  const assignment = {
    address: `${data}/sobjects/PermissionSetAssignment`,
    json: { AssigneeId: user.value.user_id, PermissionSetId },
  };
  for (const { address, json } of [...rights, assignment]) {
    const given = await create({ app, session, address, json });
    if (given.outcome !== "done") return given;
  }
  return { outcome: "done" };
}

/** What is there already, ours from before or somebody else's of this moment, is as good as created. */
async function create(call: {
  readonly app: CrmApp;
  readonly session: CrmSession;
  readonly address: string;
  readonly json: unknown;
}): Promise<CrmResult<object>> {
  const { app, session, address, json } = call;
  const answer = settled(await request(app, { method: "POST", path: address, session, json, schema: z.unknown() }));
  const isThere = answer.outcome === "refused" && (answer.code ?? "").startsWith("DUPLICATE");
  return isThere || answer.outcome === "done" ? { outcome: "done" } : answer;
}

/** Only people have the fields: of any other record there is nothing to write. */
export async function writeMirror(
  app: CrmApp,
  session: CrmSession,
  { ref, values }: { readonly ref: CrmRecordRef; readonly values: MirrorValues },
): Promise<CrmResult<object> | CrmMissing> {
  if (!mirrored.some((type) => type === ref.type)) return { outcome: "done" };
  const json = {
    ...(values.consent && {
      WA_Consent_Status__c: values.consent.state,
      WA_Consent_At__c: values.consent.at,
      WA_Consent_Source__c: values.consent.source?.slice(0, 255) ?? null,
    }),
    WA_Last_Contact__c: values.lastContactAt,
  } satisfies Partial<Record<MirrorField, string | null>>;
  const address = data + path`/sobjects/${objects[ref.type].name}/${ref.id}`;
  const answer = repeatable(await request(app, { method: "PATCH", path: address, session, json, schema: z.unknown() }));
  return answer.outcome === "done" ? { outcome: "done" } : answer;
}

type Named = { readonly object: string; readonly field: MirrorField };

function fieldsOn(type: (typeof mirrored)[number]): Named[] {
  return (Object.keys(fields) as MirrorField[]).map((field) => ({ object: objects[type].name, field }));
}

/** A type that whoever connected does not see, such as leads where nobody works with them, needs no fields. */
async function readFields(
  app: CrmApp,
  session: CrmSession,
): Promise<CrmResult<{ readonly wanted: readonly Named[]; readonly missing: readonly Named[] }>> {
  const wanted: Named[] = [];
  const missing: Named[] = [];
  for (const type of mirrored) {
    const described = await describe(app, session, objects[type].name);
    if (described.outcome === "not_found") continue;
    if (described.outcome !== "done") return described;
    const existing = new Set(described.value.fields.map(({ name }) => name));
    wanted.push(...fieldsOn(type));
    missing.push(...fieldsOn(type).filter(({ field }) => !existing.has(field)));
  }
  return { outcome: "done", wanted, missing };
}
