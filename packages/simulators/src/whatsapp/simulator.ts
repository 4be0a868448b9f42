import { VirtualClock } from "../platform/clock.ts";
import { mountControl } from "../platform/control.ts";
import { applyFaults } from "../platform/fault-hooks.ts";
import { Faults } from "../platform/faults.ts";
import { Ledger } from "../platform/ledger.ts";
import { createServer, listen } from "../platform/server.ts";
import { mountGraph } from "./graph/mount.ts";
import type { Behaviour } from "./people/person.ts";
import { mountCalls } from "./calls/steering.ts";
import { mountGroups } from "./groups/steering.ts";
import { PhoneFeed } from "./phone/phone-feed.ts";
import { mountPhone } from "./phone/phone-routes.ts";
import { DEMO_ACCOUNTS } from "./seed.ts";
import type { AccountSeed } from "./seed.ts";
import type { Sim } from "./sim.ts";
import { createState } from "./state.ts";
import { mountAccounts } from "./steering/account-routes.ts";
import { mountCoexistence } from "./steering/coexistence-routes.ts";
import { mountNumbers } from "./steering/number-routes.ts";
import { mountStrictness } from "./steering/strictness-routes.ts";
import { mountTemplates } from "./steering/template-routes.ts";
import { identityOf } from "./steering/identity.ts";
import type { Identity } from "./steering/identity.ts";
import { mountAccess } from "./steering/access-routes.ts";
import { mountInbound } from "./steering/inbound-routes.ts";
import { mountPeople } from "./steering/people-routes.ts";
import { mountWebhooks } from "./steering/webhook-routes.ts";
import { archiveIdleTemplates } from "./templates/archive.ts";
import { WebhookDispatcher } from "./webhooks/dispatcher.ts";

/** How people behave unless told otherwise: as fast as someone who holds the phone in the hand. */
const DEFAULT_BEHAVIOUR: Behaviour = {
  sent_ms: 80,
  delivered_ms: 300,
  read_ms: 900,
  reads: true,
  plays: false,
  skip_delivered: false,
};
const DEFAULT_REVIEW_MS = 5000;

export type WhatsAppSimulatorOptions = {
  /** The first port to try; any free one below 32768 when left out. */
  port?: number;
  host?: string;
  clock?: VirtualClock;
  /** How people behave unless told otherwise, times in ms. */
  autoStatuses?: Partial<Behaviour>;
  /** The accounts to begin with; two businesses under two apps when left out. */
  seed?: readonly [AccountSeed, ...AccountSeed[]];
  /** How long the review of a template takes, in ms. */
  reviewMs?: number;
};

/** A running stand-in of the Cloud API. */
export type WhatsAppSimulator = { url: string; port: number; identity: Identity; close: () => Promise<void> };

/** Starts a stateful, strict stand-in of Meta's WhatsApp Cloud API, with a phone to be the customer on. */
export async function startWhatsAppSimulator(options: WhatsAppSimulatorOptions = {}): Promise<WhatsAppSimulator> {
  const seeds = options.seed ?? DEMO_ACCOUNTS;
  const defaults = { ...DEFAULT_BEHAVIOUR, ...options.autoStatuses };
  const sim = createSim(options.clock ?? new VirtualClock(), seeds);
  sim.behaviour = defaults;
  sim.reviewMs = options.reviewMs ?? DEFAULT_REVIEW_MS;

  const app = createServer();
  applyFaults(app, sim.faults);
  mountControl(app, {
    clock: sim.clock,
    ledger: sim.ledger,
    faults: sim.faults,
    identity: () => identityOf(seeds, sim.state, sim.origin),
    reset: async () => {
      sim.state = createState(seeds, sim.clock.now());
      sim.behaviour = defaults;
      sim.unknownKeys = "refuse";
      archiveIdleTemplates(sim);
      await sim.webhooks.reset();
    },
    settle: () => sim.webhooks.settle(),
  });
  mountInbound(app, sim);
  mountAccess(app, sim);
  mountWebhooks(app, sim);
  mountPeople(app, sim);
  mountAccounts(app, sim);
  mountNumbers(app, sim);
  mountCoexistence(app, sim);
  mountGroups(app, sim);
  mountCalls(app, sim);
  mountStrictness(app, sim);
  mountTemplates(app, sim);
  archiveIdleTemplates(sim);
  mountPhone(app, sim);
  mountGraph(app, sim);

  const port = await listen(app, options);
  sim.origin = `http://${options.host ?? "localhost"}:${port}`;
  const close = async () => {
    sim.clock.clearTimers();
    await app.close();
    await sim.webhooks.reset();
  };
  return { url: sim.origin, port, identity: identityOf(seeds, sim.state, sim.origin), close };
}

function createSim(clock: VirtualClock, seeds: readonly AccountSeed[]): Sim {
  const faults = new Faults();
  const sim: Sim = {
    clock,
    ledger: new Ledger(clock),
    faults,
    phones: new PhoneFeed(),
    webhooks: new WebhookDispatcher({ clock, faults, state: () => sim.state }),
    state: createState(seeds, clock.now()),
    origin: "",
    unknownKeys: "refuse",
    behaviour: DEFAULT_BEHAVIOUR,
    reviewMs: DEFAULT_REVIEW_MS,
  };
  return sim;
}
