import type { NumberView, SearchHit, SearchView } from "@aparte/core/crm-match.ts";
import type { RecordHit } from "@aparte/crm/record.ts";
import { loadChannels } from "../channels/service.ts";
import { findByNumber, findContacts, type FoundContact } from "../contacts/find.ts";
import { parsePhone, type PhoneNumber } from "../contacts/phone.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import type { Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { reasonOf } from "./connect.ts";
import { loadConnections, type Connection } from "./connections.ts";
import { headerOf } from "./elsewhere.ts";
import { waIdsOf } from "./records.ts";
import { withSession } from "./session.ts";

export type SearchInput = {
  readonly words: string;
  /** ISO 3166 code of the country whose way of writing numbers the person uses; null leaves it to our own numbers. */
  readonly region?: string | null | undefined;
};

/** People of our own that one search shows. */
const mostPeople = 10;
/** A number that may be of several countries is asked about for so many of them. */
const mostNumbers = 3;

/**
 * Records and people by the words of a name, or by a number in any way of writing it. The CRMs are asked all at once; one that
 * does not answer is named, and the rest is shown.
 */
export async function search(ctx: MemberContext, { words, region }: SearchInput): Promise<SearchView> {
  const { workspaceId } = ctx.actor;
  const known = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const phones = await phonesIn(tx, ctx, words, region ?? null);
    return {
      phones,
      people: await peopleFor(tx, workspaceId, words, phones),
      connections: await loadConnections(tx, workspaceId),
    };
  });
  const { phones, people, connections } = known;
  const living = connections.filter(({ state }) => state === "connected");
  const answers = await Promise.all(living.map((connection) => ask(ctx, connection, words, phones)));
  const hits = answers.flatMap(({ connection, hits: found }) =>
    found.flatMap((hit) => hitOf(ctx, connections, connection, hit)),
  );
  const shown = new Set(hits.flatMap(({ numbers }) => numbers.map(({ e164 }) => canonicalWaId(e164.slice(1)))));
  const others = people.filter(({ waId }) => waId !== null && !shown.has(waId));
  return {
    hits: [...hits, ...others.map(personHit)],
    numbers: phones.map(toView),
    silent: answers.flatMap(({ silent }) => silent),
  };
}

/** What the words may mean as a number: as written, or as people write it where the searcher or our own numbers are. */
async function phonesIn(tx: Tx, ctx: MemberContext, words: string, region: string | null): Promise<PhoneNumber[]> {
  if (!/^[\d\s()+./-]{5,30}$/.test(words.trim())) return [];
  const channels = await loadChannels(tx, ctx.actor.workspaceId);
  const ours = channels.map(({ displayPhoneNumber }) => parsePhone(displayPhoneNumber, null)?.country ?? null);
  const digits = words.replaceAll(/\D/g, "");
  const read = [
    parsePhone(words, null),
    ...[region, ...ours].map((country) => parsePhone(words, country)),
    parsePhone(`+${digits.replace(/^00/, "")}`, null),
  ].filter((phone) => phone !== null);
  return [...new Map(read.map((phone) => [canonicalWaId(phone.waId), phone])).values()].slice(0, mostNumbers);
}

async function peopleFor(
  tx: Tx,
  workspaceId: string,
  words: string,
  phones: readonly PhoneNumber[],
): Promise<FoundContact[]> {
  const byNumber: FoundContact[] = [];
  for (const { waId } of phones) {
    const found = await findByNumber(tx, workspaceId, canonicalWaId(waId));
    if (found) byNumber.push(found);
  }
  return phones.length > 0 ? byNumber : findContacts(tx, workspaceId, words, mostPeople);
}

type Answer = {
  readonly connection: Connection;
  readonly hits: readonly RecordHit[];
  readonly silent: SearchView["silent"];
};

/** By the number where it is one, and then only records that really hold it; by the words otherwise. */
async function ask(
  ctx: MemberContext,
  connection: Connection,
  words: string,
  phones: readonly PhoneNumber[],
): Promise<Answer> {
  const { account, crm, accountName } = connection;
  const answer = await withSession(ctx, ctx.actor.workspaceId, connection.id, async ({ adapter, session }) => {
    if (phones.length === 0) return adapter.searchRecords(session, account, words);
    const hits: RecordHit[] = [];
    for (const { e164, waId } of phones) {
      const found = await adapter.findByPhone(session, account, e164);
      if (found.outcome !== "done") return found;
      hits.push(...found.hits.filter((hit) => waIdsOf(hit.phones).includes(canonicalWaId(waId))));
    }
    return { outcome: "done", hits } as const;
  });
  if (answer.outcome === "done") return { connection, hits: answer.hits, silent: [] };
  return { connection, hits: [], silent: [{ crm, accountName, reason: reasonOf(answer) }] };
}

function hitOf(
  ctx: MemberContext,
  connections: readonly Connection[],
  connection: Connection,
  { ref, name, detail, phones }: RecordHit,
): SearchHit[] {
  const numbers = phones.flatMap(({ raw, region }) => parsePhone(raw, region) ?? []).map(toView);
  return headerOf(ctx, connections, { connectionId: connection.id, ref, name }).map((record) => ({
    record,
    name,
    detail,
    numbers,
  }));
}

function personHit({ name, waId }: FoundContact): SearchHit {
  const phone = parsePhone(`+${waId}`, null);
  const number = phone ? toView(phone) : { e164: `+${waId}`, display: `+${waId}` };
  return { record: null, name: name ?? number.display, detail: "", numbers: [number] };
}

function toView({ e164, display }: PhoneNumber): NumberView {
  return { e164, display };
}
