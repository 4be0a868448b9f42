import { retentionRules } from "@aparte/core/retention.ts";
import { sql } from "drizzle-orm";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { emptyChain, loadHead, sealEntries, sealedText, sealerOf, type ChainHead, type Sealer } from "./seal.ts";

/**
 * What does not hold, at its number in the chain:
 * - `changed`: the entry or its seal is not what was sealed;
 * - `missing`: there is a seal, and no entry;
 * - `gap`: numbers are left out, or the links do not meet;
 * - `proof_changed`: words or evidence are not those that were written down;
 * - `proof_missing`: words and evidence are gone, the person was not forgotten, and their time was not over;
 * - `cut_off`: the chain ends before where it is known to have been;
 * - `unsealed`: entries that were passed over by the chain.
 */
export type ChainProblem = {
  readonly seq: number;
  readonly kind: "changed" | "missing" | "gap" | "proof_changed" | "proof_missing" | "cut_off" | "unsealed";
};

export type Verification = {
  readonly entries: number;
  /** The first thousand; none: the ledger is what was written down. */
  readonly problems: readonly ChainProblem[];
  readonly problemCount: number;
  readonly head: ChainHead;
  /** Where the chain was when it was last written down outside of the database; null when it never was. */
  readonly anchor: Anchor | null;
};

/** Links that are read at once. */
const pageSize = 20_000;
const maxListed = 1_000;

type Link = {
  readonly seq: string;
  readonly previous: string;
  readonly hash: string;
  readonly text: string | null;
  readonly proof: "whole" | "changed" | "missing" | "erased";
};

/**
 * Reads a workspace's whole chain and tells where it does not hold. A change, a removal, a swap or an entry put in between is found
 * by the seals; an end that was cut off by the place that was last written down outside of the database.
 */
export async function verifyLedger(deps: Deps, workspaceId: string): Promise<Verification> {
  while (await sealEntries(deps.database, deps.vault));
  const anchor = await loadAnchor(deps, workspaceId);
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    // One moment for all pages: what is sealed meanwhile belongs to the next time.
    const head = await loadHead(tx, workspaceId);
    const problems: ChainProblem[] = [];
    const end = await walk(tx, workspaceId, {
      seal: sealerOf(deps.vault, workspaceId),
      from: emptyChain,
      until: head.seq,
      anchor,
      report: (problem) => problems.push(problem),
    });
    if (end.seq !== head.seq || end.hash !== head.hash || (anchor !== null && anchor.seq > head.seq)) {
      problems.push({ seq: head.seq, kind: "cut_off" });
    }
    if (await hasPassedOver(tx, workspaceId)) problems.push({ seq: head.seq, kind: "unsealed" });
    const listed = problems.slice(0, maxListed);
    return { entries: head.seq, problems: listed, problemCount: problems.length, head, anchor };
  });
}

type Walk = {
  readonly seal: Sealer;
  readonly from: ChainHead;
  readonly until: number;
  readonly anchor: ChainHead | null;
  readonly report: (problem: ChainProblem) => void;
};

/** Goes along the chain up to `until` and reports what does not hold. Returns the last link. */
async function walk(tx: Tx, workspaceId: string, { seal, from, until, anchor, report }: Walk): Promise<ChainHead> {
  let last = from;
  let coming = loadLinks(tx, workspaceId, last.seq, until);
  for (;;) {
    const page = await coming;
    const end = page.at(-1);
    // The database reads the next page while this one is checked.
    if (end) coming = loadLinks(tx, workspaceId, Number(end.seq), until);
    for (const link of page) {
      const seq = Number(link.seq);
      for (const kind of problemsOf(link, last, seal)) report({ seq, kind });
      if (anchor?.seq === seq && anchor.hash !== link.hash) report({ seq, kind: "changed" });
      last = { seq, hash: link.hash };
    }
    if (!end) return last;
  }
}

function problemsOf(link: Link, before: ChainHead, seal: Sealer): ChainProblem["kind"][] {
  const seq = Number(link.seq);
  const problems: ChainProblem["kind"][] = [];
  if (link.text === null) problems.push("missing");
  else if (seal(seq, link.previous, link.text) !== link.hash) problems.push("changed");
  if (seq !== before.seq + 1 || link.previous !== before.hash) problems.push("gap");
  if (link.proof === "changed") problems.push("proof_changed");
  if (link.proof === "missing") problems.push("proof_missing");
  return problems;
}

/** Async, so that the query is on its way when this returns. */
async function loadLinks(tx: Tx, workspaceId: string, after: number, until: number): Promise<Link[]> {
  return await tx.execute<Link>(sql`
    select s.seq::text as seq, encode(s.previous, 'hex') as previous, encode(s.hash, 'hex') as hash,
      case when e.id is not null then ${sealedText} end as text,
      case when e.id is null then 'whole'
        when p.entry_id is not null then
          case when consent_commitment(p.salt, p.wording, p.evidence) = e.commitment then 'whole' else 'changed' end
        when e.recorded_at < now() - make_interval(days => ${retentionRules.proofs.least}) or exists (
          select from contacts c where c.workspace_id = e.workspace_id and c.id = e.contact_id
            and c.forgotten_at >= e.recorded_at) then 'erased'
        else 'missing' end as proof
    from consent_seals s
    left join consent_entries e on e.workspace_id = s.workspace_id and e.id = s.entry_id
    left join consent_proofs p on p.workspace_id = s.workspace_id and p.entry_id = s.entry_id
    where s.workspace_id = ${workspaceId} and s.seq > ${after} and s.seq <= ${until}
    order by s.seq limit ${pageSize}`);
}

/** Whether there are entries that the sealer went by without a seal: put in later, or robbed of their seal. */
async function hasPassedOver(tx: Tx, workspaceId: string): Promise<boolean> {
  const found = await tx.execute(sql`
    select from consent_entries e
    where e.workspace_id = ${workspaceId} and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      and e.recorded_at < now() - make_interval(secs => ${sealedWithinSeconds})
      and not exists (select from consent_seals s where s.workspace_id = e.workspace_id and s.entry_id = e.id)
    limit 1`);
  return found.length > 0;
}

/** A seal follows its entry within this. */
const sealedWithinSeconds = 60;

const anchorSchema = z.object({ seq: z.int(), hash: z.string(), at: z.iso.datetime() });
export type Anchor = z.infer<typeof anchorSchema>;

function anchorKey(workspaceId: string): string {
  return `consent-anchor ${workspaceId}`;
}

/** The last place that was written down in the file store; whoever changes the database alone cannot change it. */
export async function loadAnchor({ files }: Pick<Deps, "files">, workspaceId: string): Promise<Anchor | null> {
  const kept = await files.get(anchorKey(workspaceId));
  return kept === null ? null : anchorSchema.parse(JSON.parse(await text(kept)));
}

/**
 * Writes down outside of the database where a chain ends, if it holds from the last such place on.
 * @returns false when it does not hold: then the old place stays, so that `verifyLedger` shows what happened.
 */
export async function anchorLedger(deps: Deps, workspaceId: string): Promise<boolean> {
  const anchor = await loadAnchor(deps, workspaceId);
  const { head, holds } = await deps.database.inWorkspace(workspaceId, async (tx) => {
    const end = await loadHead(tx, workspaceId);
    let whole = true;
    const last = await walk(tx, workspaceId, {
      seal: sealerOf(deps.vault, workspaceId),
      from: anchor ?? emptyChain,
      until: end.seq,
      anchor: null,
      report: () => (whole = false),
    });
    return { head: end, holds: whole && last.seq === end.seq && last.hash === end.hash };
  });
  if (!holds) return false;
  const line = Buffer.from(JSON.stringify({ ...head, at: deps.now().toISOString() } satisfies Anchor));
  await deps.files.put(anchorKey(workspaceId), Readable.from([line]), line.byteLength);
  return true;
}
