import type { Fact } from "@aparte/whatsapp/facts.ts";
import type { ChannelPlace } from "../channels/service.ts";

/** A fact and the app whose secret signed the delivery that it came in. */
export type SignedFact = { readonly fact: Fact; readonly appId: string };

/** A fact together with the channel that it may speak about. */
export type Placed<F extends Fact = Fact> = {
  readonly fact: F;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly portfolioId: string;
};

/** A fact at its channel. */
export function place<F extends Fact>(fact: F, { workspaceId, id, portfolioId }: ChannelPlace): Placed<F> {
  return { fact, workspaceId, channelId: id, portfolioId };
}

/** A fact about a person, with the contact that this person is. */
export type Personal<F extends Fact> = Placed<F> & { readonly contactId: string };

/** The facts of one kind. */
export function only<K extends Fact["kind"], P extends { readonly fact: Fact }>(
  placed: readonly P[],
  kind: K,
): (P & { readonly fact: Extract<Fact, { kind: K }> })[] {
  return placed.filter((item): item is P & { readonly fact: Extract<Fact, { kind: K }> } => item.fact.kind === kind);
}
