import type { UnknownFact } from "@aparte/whatsapp/facts.ts";
import { applyChannelFacts, isChannelFact } from "../channels/facts.ts";
import { channelsByAccount } from "../channels/service.ts";
import type { Tx } from "../platform/db.ts";
import { applyTemplateFacts, isTemplateFact } from "../templates/facts.ts";
import type { SignedFact } from "./placed.ts";
import { keepUnknown } from "./unknown.ts";

/**
 * What a delivery says about an account rather than a person: templates change at once, everything else is kept and
 * counted. As with messages, the signing app must be the one that the account was connected with.
 */
export async function applyAccountFacts(tx: Tx, told: readonly SignedFact[]): Promise<void> {
  const about = told.filter(({ fact }) => fact.phoneNumberId === null || fact.kind === "unknown");
  if (about.length === 0) return;
  const accounts = new Set(about.flatMap(({ fact }) => (fact.wabaId === null ? [] : [fact.wabaId])));
  const channels = await channelsByAccount(tx, [...accounts]);
  const owners = (item: SignedFact) => [
    ...new Set(
      channels
        .filter((channel) => channel.wabaId === item.fact.wabaId && channel.appId === item.appId)
        .map((channel) => channel.workspaceId),
    ),
  ];
  const placed = about.flatMap((item) => owners(item).map((workspaceId) => ({ workspaceId, fact: item.fact })));
  await applyTemplateFacts(
    tx,
    placed.flatMap(({ workspaceId, fact }) => (isTemplateFact(fact) ? [{ workspaceId, fact }] : [])),
  );
  await applyChannelFacts(
    tx,
    placed.flatMap(({ workspaceId, fact }) => (isChannelFact(fact) ? [{ workspaceId, fact }] : [])),
  );
  await keepUnknown(
    tx,
    placed.flatMap(({ workspaceId, fact }) =>
      fact.kind === "unknown" ? [{ workspaceId, kind: kindOf(fact), payload: fact }] : [],
    ),
  );
}

function kindOf({ field, type }: UnknownFact): string {
  return [field, type].filter(Boolean).join(".");
}
