import type { VirtualClock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import type { Ledger } from "../platform/ledger.ts";
import type { UnknownKeys } from "./graph/params.ts";
import type { Behaviour } from "./people/person.ts";
import type { PhoneFeed } from "./phone/phone-feed.ts";
import type { State } from "./state.ts";
import type { WebhookDispatcher } from "./webhooks/dispatcher.ts";

/** The running platform, handed to whatever acts in it. `state` is replaced as a whole on reset. */
export type Sim = {
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly webhooks: WebhookDispatcher;
  readonly phones: PhoneFeed;
  state: State;
  /** Where the platform answers, such as `http://localhost:4210`; known once it listens. */
  origin: string;
  /** What becomes of keys that Meta does not know in the object of a message. */
  unknownKeys: UnknownKeys;
  /** How people behave unless told otherwise. */
  behaviour: Behaviour;
  /** How long the review of a new template takes, in ms. */
  reviewMs: number;
};
