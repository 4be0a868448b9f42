import { plainText } from "@aparte/core/message-content.ts";
import { signalReader, type Signal, type SignalReader } from "@aparte/core/opt-out-words.ts";
import type { MessageFact } from "@aparte/whatsapp/facts.ts";
import { closeFence } from "../consent/fence.ts";
import { loadPolicy } from "../consent/policy.ts";
import { openReviews } from "../consent/reviews.ts";
import { recordOptOuts } from "../consent/service.ts";
import type { Tx } from "../platform/db.ts";
import type { Personal } from "./placed.ts";
import { reopen } from "./reopen.ts";

/** A message of a person that has just been stored, under its id here. */
export type Heard = Personal<MessageFact> & { readonly messageId: string };

type Understood<K extends Signal["kind"]> = Heard & { readonly signal: Extract<Signal, { readonly kind: K }> };

/**
 * What people say about being written to, in words or by a button. "Stop" counts whenever it was said, also in a history that is
 * handed over later; "start" and words for a person to read count only as they are said.
 */
export async function applySignals(tx: Tx, heard: readonly Heard[], now: Date): Promise<void> {
  const incoming = heard.filter(({ fact }) => fact.direction === "in");
  if (incoming.length === 0) return;
  const readers = await loadReaders(tx, incoming);
  const told = incoming.flatMap((item) => {
    const signal = understand(item.fact, readers.get(item.workspaceId));
    return signal === null ? [] : [{ ...item, signal }];
  });
  const stops = told.filter((item): item is Understood<"stop"> => item.signal.kind === "stop");
  const doubts = told.filter((item): item is Understood<"soft"> => item.signal.kind === "soft" && isLive(item.fact));
  const starts = told.filter((item): item is Understood<"start"> => item.signal.kind === "start" && isLive(item.fact));
  // In one order for all: two batches that close it for some people and then for others could wait for each other.
  if (stops.length + doubts.length > 0) await closeFence(tx, [...stops, ...doubts]);
  await recordOptOuts(tx, stops.map(optOutOf));
  await openReviews(
    tx,
    doubts.map(({ workspaceId, contactId, messageId, fact, signal }) => ({
      workspaceId,
      contactId,
      messageId,
      phrase: signal.phrase,
      since: fact.timestamp,
    })),
  );
  for (const { workspaceId, contactId, messageId, fact } of starts) {
    const { wamid, timestamp: at, content } = fact;
    await reopen(tx, { workspaceId, contactId, messageId, wamid, at, now, wording: plainText(content) });
  }
}

/** Said now and once: no edit of it, and nothing that is only imported. */
function isLive({ source, aboutWamid }: MessageFact): boolean {
  return source === "live" && aboutWamid === null;
}

async function loadReaders(tx: Tx, heard: readonly Heard[]): Promise<ReadonlyMap<string, SignalReader>> {
  const readers = new Map<string, SignalReader>();
  for (const workspaceId of new Set(heard.map((item) => item.workspaceId))) {
    readers.set(workspaceId, signalReader(await loadPolicy(tx, workspaceId)));
  }
  return readers;
}

function understand({ content }: MessageFact, reader: SignalReader | undefined): Signal | null {
  const said = content.kind === "edit" ? content.content : content;
  if (said.kind === "text") return reader?.readText(said.text) ?? null;
  if (said.kind === "button_reply") return reader?.readTap(said) ?? null;
  return null;
}

function optOutOf({ workspaceId, contactId, messageId, fact, signal }: Understood<"stop">) {
  const [language, ...others] = signal.languages;
  const isTap = fact.content.kind === "button_reply";
  return {
    workspaceId,
    contactId,
    method: isTap ? ("button" as const) : ("keyword" as const),
    scope: signal.scope,
    channelId: null,
    occurredAt: fact.timestamp,
    wording: plainText(fact.content),
    language: others.length === 0 ? (language ?? null) : null,
    evidence: {
      messageId,
      wamid: fact.wamid,
      ...(fact.content.kind === "button_reply" ? { payload: fact.content.payload } : {}),
      ...(fact.source === "history" ? { source: "history" } : {}),
    },
    sourceKey: `message ${messageId}`,
  };
}
