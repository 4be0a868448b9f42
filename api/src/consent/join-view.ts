import { showJoinCode } from "@aparte/core/join-code.ts";
import type { PageLanguage } from "@aparte/core/preference-input.ts";
import { loadPageWords } from "@aparte/i18n/page-words.ts";
import { sql } from "drizzle-orm";
import { renderSVG } from "uqr";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";
import type { PreferencePurpose } from "./preference-states.ts";

/** A link as it is kept. Times as Postgres gives them. */
export type JoinRow = {
  readonly id: string;
  readonly channelId: string;
  readonly number: string;
  readonly code: string;
  readonly purposes: readonly PreferencePurpose[];
  readonly thisNumberOnly: boolean;
  readonly language: PageLanguage;
  readonly words: string;
  readonly source: string;
  readonly thanks: string | null;
  readonly contactId: string | null;
  readonly madeAt: string;
  readonly expiresAt: string | null;
  readonly endedAt: string | null;
  readonly confirmed: number;
  readonly turnedAway: number;
};

export type JoinView = Omit<JoinRow, "number"> & {
  /** Opens WhatsApp with the words and the code already written. */
  readonly link: string;
  /** The link as a QR code: SVG, black on white. */
  readonly picture: string;
  readonly isOpen: boolean;
};

export async function loadJoins(
  tx: Tx,
  workspaceId: string,
  wanted: { readonly id: string } | "for_everybody",
): Promise<JoinRow[]> {
  const which = wanted === "for_everybody" ? sql`j.contact_id is null` : sql`j.id = ${wanted.id}`;
  return tx.execute<JoinRow>(sql`
    select j.id, j.channel_id as "channelId", n.display_phone_number as number, j.code, to_json(j.purposes) as purposes,
      j.this_number_only as "thisNumberOnly", j.language, j.words, j.source, j.thanks, j.contact_id as "contactId",
      j.made_at as "madeAt", j.expires_at as "expiresAt", j.ended_at as "endedAt",
      (select count(distinct a.contact_id)::int from consent_join_answers a
        where a.workspace_id = j.workspace_id and a.join_id = j.id and a.outcome = 'confirmed') as confirmed,
      (select count(*)::int from consent_join_answers a where a.workspace_id = j.workspace_id and a.join_id = j.id
        and a.outcome not in ('confirmed', 'again')) as "turnedAway"
    from consent_joins j join channels n on n.workspace_id = j.workspace_id and n.id = j.channel_id
    where j.workspace_id = ${workspaceId} and ${which}
    order by j.made_at desc, j.id desc limit 200`);
}

export async function joinView({ number, ...row }: JoinRow, now: Date): Promise<JoinView> {
  const { t } = await loadPageWords(row.language);
  const code = showJoinCode(row.code);
  const text = `${row.words}\n\n${t("page.join.code", { code })}`;
  // The form of link that WhatsApp names "click to chat": digits alone, and the text to begin with.
  const link = `https://wa.me/${number.replaceAll(/\D/g, "")}?text=${encodeURIComponent(text)}`;
  const [expiresAt, endedAt] = [row.expiresAt, row.endedAt].map((time) => (time === null ? null : isoTime(time)));
  const ends = [expiresAt, endedAt].filter((time) => typeof time === "string");
  return {
    ...row,
    code,
    link,
    picture: renderSVG(link, { border: 2, ecc: "M" }),
    madeAt: isoTime(row.madeAt),
    expiresAt: expiresAt ?? null,
    endedAt: endedAt ?? null,
    isOpen: ends.every((time) => Date.parse(time) > now.getTime()),
  };
}

/** A message with a code that proved nothing, for people at work to see. */
export type TurnedAway = {
  readonly messageId: string;
  readonly contactId: string;
  readonly name: string | null;
  readonly code: string;
  readonly source: string | null;
  readonly outcome: string;
  /** ISO 8601. */
  readonly at: string;
};

export async function loadTurnedAway(tx: Tx, workspaceId: string): Promise<TurnedAway[]> {
  const found = await tx.execute<TurnedAway>(sql`
    select a.message_id as "messageId", coalesce(c.merged_into, c.id) as "contactId", coalesce(c.name, c.profile_name) as name,
      a.code, j.source, a.outcome, a.at
    from consent_join_answers a
    join contacts c on c.workspace_id = a.workspace_id and c.id = a.contact_id
    left join consent_joins j on j.workspace_id = a.workspace_id and j.id = a.join_id
    where a.workspace_id = ${workspaceId} and a.outcome not in ('confirmed', 'again')
    order by a.at desc limit 50`);
  return found.map((row) => ({ ...row, code: showJoinCode(row.code), at: isoTime(row.at) }));
}
