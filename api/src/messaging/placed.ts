import type { Fact } from "@aparte/whatsapp/facts.ts";

/** A fact and the app whose secret signed the delivery that it came in. */
export type SignedFact = { readonly fact: Fact; readonly appId: string };

/** A fact together with the channel that it may speak about. */
export type Placed<F extends Fact = Fact> = {
  readonly fact: F;
  readonly workspaceId: string;
  readonly channelId: string;
};
