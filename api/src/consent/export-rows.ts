import { rowReasons, type RowReason } from "@aparte/core/consent-import.ts";
import type { ExportInput } from "@aparte/core/consent-lists.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { sql } from "drizzle-orm";
import type { Database, Tx } from "../platform/db.ts";
import { listOptOuts, type OptOutPage } from "./opt-outs.ts";

/** Rows of one page: each is read in a transaction of its own, so that a slow reader holds up nothing. */
const pageRows = 1_000;

export type Asked = {
  readonly database: Database;
  readonly workspaceId: string;
  readonly importId: string | null;
  readonly words: Words;
};

type Cells = readonly (string | number)[];

/** The lists that can be fetched: each yields its header, then its rows in pages, in bounded memory. */
export const exportPages: Readonly<Record<ExportInput["list"], (asked: Asked) => AsyncGenerator<Cells[]>>> = {
  opt_outs: optOutPages,
  consents: consentPages,
  import_problems: problemPages,
};

async function* optOutPages({ database, workspaceId }: Asked): AsyncGenerator<Cells[]> {
  yield [["number", "name", "purposes", "our_number", "date", "method", "lifted_only_in_whatsapp"]];
  const ours = await database.inWorkspace(workspaceId, (tx) => ownNumbers(tx, workspaceId));
  const filter = { search: "", purpose: null, method: null, channelId: null, from: null, to: null };
  for (let after: string | null = null; ;) {
    const from: string | null = after;
    const page: OptOutPage = await database.inWorkspace(workspaceId, (tx) =>
      listOptOuts(tx, workspaceId, { filter, after: from, limit: pageRows }),
    );
    yield page.optOuts.map(({ waId, name, purposes, channelId, since, method, atWhatsapp }) => [
      waId === null ? "" : `+${waId}`,
      name ?? "",
      purposes.join(" "),
      ours.get(channelId ?? "") ?? "",
      since,
      method,
      atWhatsapp ? "yes" : "no",
    ]);
    if (page.next === null) return;
    after = page.next;
  }
}

async function ownNumbers(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const found = await tx.execute<{ id: string; number: string }>(sql`
    select id, display_phone_number as number from channels where workspace_id = ${workspaceId}`);
  return new Map(found.map(({ id, number }) => [id, number]));
}

type Consent = {
  readonly contactId: string;
  readonly waId: string | null;
  readonly name: string | null;
  readonly purpose: string;
  readonly channelId: string | null;
  readonly number: string | null;
  readonly state: string;
  readonly since: string;
  readonly expiresAt: string | null;
  readonly method: string;
  readonly wording: string | null;
  readonly language: string | null;
  readonly evidence: Readonly<Record<string, string>> | null;
  readonly entryId: string;
};

async function* consentPages({ database, workspaceId }: Asked): AsyncGenerator<Cells[]> {
  yield [
    [
      "number",
      "name",
      "purpose",
      "our_number",
      "state",
      "date",
      "until",
      "method",
      "wording",
      "language",
      "source",
      "entry",
    ],
  ];
  for (let last: Consent | null = null; ;) {
    const from: Consent | null = last;
    const page: Consent[] = await database.inWorkspace(workspaceId, (tx) => consentsBehind(tx, workspaceId, from));
    yield page.map((row) => [
      row.waId === null ? "" : `+${row.waId}`,
      row.name ?? "",
      row.purpose,
      row.number ?? "",
      row.state,
      iso(row.since),
      row.expiresAt === null ? "" : iso(row.expiresAt),
      row.evidence?.["method"] ?? row.method,
      row.wording ?? "",
      row.language ?? "",
      row.evidence?.["source"] ?? JSON.stringify(row.evidence ?? {}),
      row.entryId,
    ]);
    last = page.at(-1) ?? null;
    if (page.length < pageRows) return;
  }
}

/** In the order of the key of `consent_states`, which has the rows for all numbers last. */
async function consentsBehind(tx: Tx, workspaceId: string, last: Consent | null): Promise<Consent[]> {
  const behind =
    last === null
      ? sql`true`
      : sql`(s.contact_id, s.purpose) >= (${last.contactId}::uuid, ${last.purpose}) and (
          (s.contact_id, s.purpose) > (${last.contactId}::uuid, ${last.purpose})
          or ${last.channelId === null ? sql`false` : sql`(s.channel_id > ${last.channelId} or s.channel_id is null)`})`;
  const found = await tx.execute<Consent>(sql`
    select s.contact_id as "contactId", c.wa_id as "waId", coalesce(c.name, c.profile_name) as name, s.purpose,
      s.channel_id as "channelId", n.display_phone_number as number,
      case when s.state = 'opted_in' and s.expires_at <= now() then 'expired' else s.state end as state, s.since,
      s.expires_at as "expiresAt", s.method, p.wording, e.language, p.evidence, s.entry_id as "entryId"
    from consent_states s
    join contacts c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    join consent_entries e on e.workspace_id = s.workspace_id and e.id = s.entry_id
    left join consent_proofs p on p.workspace_id = s.workspace_id and p.entry_id = s.entry_id
    left join channels n on n.workspace_id = s.workspace_id and n.id = s.channel_id
    where s.workspace_id = ${workspaceId} and ${behind}
    order by s.contact_id, s.purpose, s.channel_id limit ${pageRows}`);
  return [...found];
}

function iso(time: string): string {
  return new Date(time).toISOString();
}

type Problem = { readonly line: number; readonly reasons: readonly RowReason[]; readonly cells: readonly string[] };

async function* problemPages({ database, workspaceId, importId, words }: Asked): AsyncGenerator<Cells[]> {
  const [file] = await database.inWorkspace(workspaceId, (tx) =>
    tx.execute<{ columns: readonly string[] }>(sql`
      select reading -> 'columns' as columns from consent_imports where workspace_id = ${workspaceId} and id = ${importId}`),
  );
  const columns = file?.columns.map((name, at) => name || words.t("console.import.column", { number: at + 1 })) ?? [];
  yield [[words.t("console.import.line"), words.t("console.import.reason"), ...columns]];
  for (let last = 0; ;) {
    const from = last;
    const page = await database.inWorkspace(workspaceId, (tx) =>
      tx.execute<Problem>(sql`
        select line, reasons, cells from consent_import_rows
        where workspace_id = ${workspaceId} and import_id = ${importId} and line > ${from} order by line limit ${pageRows}`),
    );
    yield page.map(({ line, reasons, cells }) => [
      line,
      reasons.map((reason) => words.t(reasonWords[reason])).join(" "),
      ...cells,
    ]);
    last = page.at(-1)?.line ?? last;
    if (page.length < pageRows) return;
  }
}

/** The words of each reason. */
const reasonWords = Object.fromEntries(
  (Object.keys(rowReasons) as RowReason[]).map((reason) => [reason, `console.import.reason.${reason}`]),
) as { readonly [Reason in RowReason]: `console.import.reason.${Reason}` };
