import type { ConsentAction } from "@aparte/core/consent.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { parsePhone } from "../contacts/phone.ts";
import { rows, type Tx } from "../platform/db.ts";
import { appendEntries } from "./append.ts";
import { loadEntries } from "./entries.ts";
import { closeFence } from "./fence.ts";
import { loadExpiry } from "./expiry.ts";
import { preferencesOf, type Preference, type PreferencePurpose } from "./preference-states.ts";
import type { PreferenceHolder } from "./preference-token.ts";
import { samePerson } from "../contacts/same-person.ts";

/** The person whose page it is. */
export type PreferencePerson = {
  readonly workspaceId: string;
  /** The contact that goes on, whichever the link was made for. */
  readonly contactId: string;
  readonly firm: string;
  /** Enough for the person to know which number it is; null: it is hidden from us. */
  readonly maskedNumber: string | null;
  readonly restricted: boolean;
};

type Found = {
  readonly contactId: string;
  readonly firm: string;
  readonly waId: string | null;
  readonly restricted: boolean;
};

/**
 * Whose page a token opens; null when the link was revoked or the person was forgotten. Until the transaction ends the person
 * stays who they are.
 */
export async function findPerson(tx: Tx, { workspaceId, contactId, version }: PreferenceHolder) {
  const [row] = await tx.execute<Found>(sql`
    select p.id as "contactId", w.name as firm, p.wa_id as "waId", p.restricted_at is not null as restricted
    from contacts c
    join contacts p on p.workspace_id = c.workspace_id and p.id = coalesce(c.merged_into, c.id)
    join workspaces w on w.workspace_id = c.workspace_id
    left join consent_preference_links l on l.workspace_id = c.workspace_id and l.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = ${contactId} and coalesce(l.version, 1) = ${version}
      and p.merged_into is null and (p.wa_id is not null or exists (
        select from contacts_bsuids b where b.workspace_id = p.workspace_id and b.contact_id = p.id))
    for key share of p`);
  if (!row) return null;
  const { waId, ...found } = row;
  return { ...found, workspaceId, maskedNumber: waId === null ? null : mask(waId) } satisfies PreferencePerson;
}

/** Country code and the last two digits: known to the person, of no use to somebody who looks over their shoulder. */
function mask(waId: string): string {
  const [countryCode = ""] = parsePhone(`+${waId}`, null)?.display.split(" ") ?? [];
  return `${countryCode} … ${waId.slice(-2)}`.trim();
}

export async function loadPreferences(tx: Tx, person: PreferencePerson, now: Date): Promise<Preference[]> {
  return preferencesOf(await loadEntries(tx, person.workspaceId, person.contactId), now);
}

/** One press of a button on the page. */
export type Choice =
  | { readonly act: "stop"; readonly purposes: readonly PreferencePurpose[] }
  | { readonly act: "allow"; readonly purposes: readonly [PreferencePurpose] };

/** What the person saw when choosing. `wording`: by purpose. */
export type Shown = {
  readonly language: string;
  readonly wording: (purpose: PreferencePurpose) => string;
  readonly evidence: Readonly<Record<string, string>>;
};

/**
 * Writes a choice down, where it says anything new: a form that is sent twice, at once or from an old page, counts once. A
 * stop is never older than what was told before it, whatever clocks said then.
 */
export async function choosePreference(
  tx: Tx,
  person: PreferencePerson,
  { choice, shown, now }: { readonly choice: Choice; readonly shown: Shown; readonly now: Date },
): Promise<void> {
  const { workspaceId, contactId } = person;
  // Those who choose for the same person at the same moment take turns here.
  await closeFence(tx, [person]);
  const entries = await loadEntries(tx, workspaceId, contactId);
  const expiryOf = await loadExpiry(tx, person);
  const isNew = choice.act === "stop" ? "canStop" : "canAllow";
  const action: ConsentAction = choice.act === "stop" ? "withdrawn" : "given";
  const latest = Math.max(now.getTime(), ...entries.map((entry) => Date.parse(entry.occurredAt)));
  const occurredAt = new Date(choice.act === "stop" ? latest : now).toISOString();
  const wanted = preferencesOf(entries, now).filter(
    (preference) => preference[isNew] && choice.purposes.includes(preference.purpose),
  );
  await appendEntries(
    tx,
    wanted.map(({ purpose }) => ({
      workspaceId,
      contactId,
      purpose,
      channelId: null,
      action,
      method: "preference_page",
      occurredAt,
      expiresAt: action === "given" ? expiryOf(purpose, occurredAt) : null,
      wording: shown.wording(purpose),
      language: shown.language,
      evidence: shown.evidence,
      actor: null,
      annuls: null,
      sourceKey: `preference_page ${uuidv7()}`,
    })),
  );
}

/** Makes the links of a person that are out there useless. */
export async function revokeLinks(
  tx: Tx,
  { workspaceId, contactId }: Omit<PreferenceHolder, "version">,
): Promise<void> {
  await tx.execute(sql`
    insert into consent_preference_links (workspace_id, contact_id, version)
    select workspace_id, id, 2 from contacts
    where workspace_id = ${workspaceId} and id = any(${samePerson({ workspaceId, contactId })})
    on conflict (workspace_id, contact_id) do update set version = consent_preference_links.version + 1`);
}

/** Which version of people's links is good, by contact id; who is not in it has the first. */
export async function linkVersions(
  tx: Tx,
  { workspaceId, contactIds }: { readonly workspaceId: string; readonly contactIds: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const found = await tx.execute<{ contactId: string; version: number }>(sql`
    select l.contact_id as "contactId", l.version
    from jsonb_to_recordset(${rows(contactIds.map((id) => ({ id })))}) as r(id uuid)
    join consent_preference_links l on l.workspace_id = ${workspaceId} and l.contact_id = r.id`);
  return new Map(found.map(({ contactId, version }) => [contactId, version]));
}
