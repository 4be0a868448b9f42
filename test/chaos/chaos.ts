import postgres from "postgres";
import { seededRandom } from "../support/random.ts";
import { post } from "../support/world.ts";
import { check, type Verdict } from "./checker.ts";
import { Rep, sendAll, wishesFor } from "./driver.ts";
import { meetPeople, startFirm, type Firm } from "./firm.ts";
import type { Losses } from "./lossy-graph.ts";
import { startNemesis, type Kills } from "./nemesis.ts";
import { settle } from "./settle.ts";

export type ChaosOptions = {
  readonly seed: number;
  readonly messages: number;
  /** The run goes on until so many parts were killed, however quickly the messages are through. */
  readonly kills: number;
  /** Told what is going on. */
  readonly log?: (line: string) => void;
};

export type ChaosResult = Verdict & {
  readonly kills: Readonly<Kills>;
  readonly losses: Readonly<Record<keyof Losses, number>>;
  readonly seconds: number;
};

const losses: Losses = { answerLost: 0.02, requestLost: 0.01, refused: 0.02 };
/** WhatsApp lets a burst of 45 messages go to one person; fewer keep clear of that limit. */
const messagesPerPerson = 12;
const writers = 8;

/**
 * A firm sends while its parts are killed, answers are lost and webhooks come twice and out of order; afterwards the
 * books are compared. The seed decides what is drawn; when it strikes depends on the machine as well.
 */
export async function runChaos({ seed, messages, kills, log = () => {} }: ChaosOptions): Promise<ChaosResult> {
  const start = performance.now();
  const step = (what: string) => log(`${((performance.now() - start) / 1000).toFixed(1)} s: ${what}`);
  const random = seededRandom(seed);
  const firm = await startFirm(losses, random);
  const sql = postgres(firm.postgres.url, { max: 1, onnotice: () => {} });
  try {
    const people = await meetPeople(firm, sql, Math.ceil(messages / messagesPerPerson) + 2);
    const rep = await Rep.signIn(firm);
    const wishes = wishesFor(people, messages, random);
    await confuseWebhooks(firm);
    step("the firm is at work");
    const nemesis = startNemesis(firm, random);
    const ready = (place: number) => nemesis.reach(Math.floor((place * kills) / messages));
    await sendAll(rep, wishes, { writers, ready });
    await nemesis.reach(kills);
    await nemesis.stop();
    step("the trouble is over");
    firm.graph.heal();
    await settle(firm, sql);
    step("everything has settled");
    const verdict = await check(firm, rep, wishes);
    const seconds = (performance.now() - start) / 1000;
    return { ...verdict, kills: nemesis.kills, losses: firm.graph.happened, seconds };
  } finally {
    await sql.end();
    await firm.close();
  }
}

/** Every webhook comes twice, and overtakes the one before it. */
async function confuseWebhooks(firm: Firm): Promise<void> {
  for (const action of [{ kind: "duplicate", copies: 1 }, { kind: "reorder" }]) {
    await post(`${firm.whatsapp.url}/_sim/faults`, { target: "webhook", action });
  }
}
