import type { VirtualClock } from "../platform/clock.ts";
import type { Ledger } from "../platform/ledger.ts";
import { AssociationStore } from "./association-store.ts";
import { DEFAULT_BEHAVIOUR } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";
import { PropertyRegistry } from "./property-registry.ts";
import { RateLimits } from "./rate-limits.ts";
import { RecordIds } from "./record-ids.ts";
import { RecordStore } from "./record-store.ts";
import type { WebhookSender } from "./webhooks/sender.ts";

/** A HubSpot user to whom records can belong. Times are ms since the epoch. */
export type Owner = {
  id: string;
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
  /** They have left; records may still be theirs. */
  archived: boolean;
  createdAt: number;
};

/** How a portal is filled when it is new and after each reset. */
export type Seed = (portal: Portal) => void;

/** One HubSpot account with everything in it. */
export class Portal {
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  /** Tells the app what happens here. */
  readonly webhooks: WebhookSender;
  /** Address of the web application, without a slash at the end. */
  readonly uiUrl: string;
  readonly ids = new RecordIds();
  readonly #seed: Seed;
  behaviour: Behaviour = DEFAULT_BEHAVIOUR;
  limits: RateLimits;
  properties = new PropertyRegistry();
  records = new RecordStore();
  associations = new AssociationStore();
  owners: readonly Owner[] = [];

  constructor(parts: Pick<Portal, "clock" | "ledger" | "webhooks" | "uiUrl"> & { seed: Seed }) {
    this.clock = parts.clock;
    this.ledger = parts.ledger;
    this.webhooks = parts.webhooks;
    this.uiUrl = parts.uiUrl;
    this.#seed = parts.seed;
    this.limits = new RateLimits(this.clock);
    this.#seed(this);
  }

  /** Back to the seed. Ids already given stay given. */
  async reset(): Promise<void> {
    await this.webhooks.reset();
    this.behaviour = DEFAULT_BEHAVIOUR;
    this.limits = new RateLimits(this.clock);
    this.properties = new PropertyRegistry();
    this.records = new RecordStore();
    this.associations = new AssociationStore();
    this.#seed(this);
  }
}
