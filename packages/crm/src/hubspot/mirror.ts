import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import type { MirrorConsent, MirrorValues } from "../record.ts";
import { repeatable, request, settled, versions } from "./client.ts";
import { objects } from "./objects.ts";

const contacts = objects.contact.plural;
const properties = path`/crm/properties/${versions.crm}/${contacts}`;

const group = { name: "whatsapp_consent", label: "WhatsApp consent", displayOrder: -1 };

const choices: readonly { readonly value: MirrorConsent["state"]; readonly label: string }[] = [
  { value: "opted_in", label: "Opted in" },
  { value: "opted_out", label: "Opted out" },
  { value: "unknown", label: "Unknown" },
];

/** The field that a person in HubSpot may set, too: an opt-out there is honoured. */
export const consentStatus = {
  name: "wa_consent_status",
  label: "WhatsApp consent",
  description: "Whether this person agreed to WhatsApp marketing. Opting out here counts; opting in needs proof.",
  type: "enumeration",
  fieldType: "select",
  options: choices.map((choice, displayOrder) => ({ ...choice, displayOrder, hidden: false })),
} as const;

/** The fields of the mirror. Their names never change: lists and reports of the account are built on them. */
export const fields = [
  consentStatus,
  { name: "wa_consent_at", label: "WhatsApp consent since", type: "datetime", fieldType: "date" },
  { name: "wa_consent_source", label: "WhatsApp consent given by", type: "string", fieldType: "text" },
  { name: "wa_last_contact_at", label: "Last WhatsApp contact", type: "datetime", fieldType: "date" },
] as const;

export async function hasMirror(app: CrmApp, session: CrmSession): Promise<CrmResult<{ exists: boolean }>> {
  const missing = await missingFields(app, session);
  return missing.outcome === "done" ? { outcome: "done", exists: missing.fields.length === 0 } : missing;
}

/** What somebody else has created meanwhile (409) is ours as well. */
export async function createMirror(app: CrmApp, session: CrmSession): Promise<CrmResult<object>> {
  const missing = await missingFields(app, session);
  if (missing.outcome !== "done" || missing.fields.length === 0) return missing;
  const wanted = [
    { path: `${properties}/groups`, json: group },
    ...missing.fields.map((field) => ({ path: properties, json: { ...field, groupName: group.name } })),
  ];
  for (const { path: url, json } of wanted) {
    const answer = settled(await request(app, { method: "POST", path: url, session, json, schema: z.unknown() }));
    const isThere = answer.outcome === "done" || (answer.outcome === "refused" && answer.status === 409);
    if (!isThere) return answer;
  }
  return { outcome: "done" };
}

/** Only contacts have the fields: of any other record there is nothing to write. */
export async function writeMirror(
  app: CrmApp,
  session: CrmSession,
  { ref, values }: { readonly ref: CrmRecordRef; readonly values: MirrorValues },
): Promise<CrmResult<object> | CrmMissing> {
  if (ref.type !== "contact") return { outcome: "done" };
  const json = {
    properties: {
      ...(values.consent && {
        wa_consent_status: values.consent.state,
        wa_consent_at: values.consent.at ?? "",
        wa_consent_source: values.consent.source ?? "",
      }),
      wa_last_contact_at: values.lastContactAt ?? "",
    } satisfies Partial<Record<(typeof fields)[number]["name"], string>>,
  };
  const url = path`/crm/objects/${versions.crm}/${contacts}/${ref.id}`;
  const answer = repeatable(await request(app, { method: "PATCH", path: url, session, json, schema: z.unknown() }));
  return answer.outcome === "done" ? { outcome: "done" } : answer;
}

async function missingFields(
  app: CrmApp,
  session: CrmSession,
): Promise<CrmResult<{ readonly fields: readonly (typeof fields)[number][] }>> {
  const schema = z.object({ results: z.array(z.object({ name: z.string() })) });
  const answer = settled(await request(app, { method: "GET", path: properties, session, schema }));
  if (answer.outcome !== "done") return answer;
  const existing = new Set(answer.value.results.map(({ name }) => name));
  return { outcome: "done", fields: fields.filter(({ name }) => !existing.has(name)) };
}
