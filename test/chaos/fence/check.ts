import { taken } from "../../support/conversation.ts";
import type { FenceFirm } from "./firm.ts";
import type { OptOut } from "./race.ts";
import type { Crossing } from "./relay.ts";

/** How the races between advertisements and opt-outs ended, counted. */
export type Ends = {
  /** Taken by WhatsApp before the person opted out. */
  before: number;
  /** Taken while the opt-out waited for it: the person had asked and was not answered yet. */
  waitedFor: number;
  /** Never taken. */
  stopped: number;
  /** Taken after the opt-out, from a worker that was dead by then: it had left before. */
  leftBeforeDeath: number;
  /** Taken after the opt-out was acknowledged: the promise is broken. */
  violations: number;
};

/**
 * Compares WhatsApp's ledger with the acknowledgements. An advertisement is taken late when WhatsApp's answer to it reached the
 * relay after the opt-out was acknowledged: the fence is only left when the answer is stored.
 *
 * One thing no fence can hold: what a worker has handed to the kernel goes its way although the worker is killed, and the lock
 * of the fence falls with its connection. Such a message counts as `leftBeforeDeath`, and only on evidence: it came in at the
 * address of one incarnation of a worker, and that one was killed before the opt-out was acknowledged, so that it cannot have
 * sent anything since. Whatever comes from a worker that lived on is a violation, however little it is late.
 */
export async function check(firm: FenceFirm, optOuts: readonly OptOut[]): Promise<Readonly<Ends>> {
  const ends: Ends = { before: 0, waitedFor: 0, stopped: 0, leftBeforeDeath: 0, violations: 0 };
  const ledger = new Set((await taken(firm.world)).map(({ echo }) => echo));
  for (const optOut of optOuts) {
    const { messageId } = optOut.person;
    const crossings = firm.relay.crossings.get(messageId) ?? [];
    if (!ledger.has(messageId)) ends.stopped += 1;
    // WhatsApp knows of it, and the relay does not: nobody can say when it left.
    else if (crossings.length === 0) ends.violations += 1;
    for (const crossing of ledger.has(messageId) ? crossings : []) ends[endOf(firm, optOut, crossing)] += 1;
  }
  return ends;
}

function endOf(firm: FenceFirm, optOut: OptOut, { worker, answeredAt }: Crossing): keyof Ends {
  const { askedAt, acknowledgedAt } = optOut;
  if (answeredAt !== null && answeredAt <= acknowledgedAt) return answeredAt < askedAt ? "before" : "waitedFor";
  const killedAt = firm.killedAt.get(worker) ?? Infinity;
  return killedAt < acknowledgedAt ? "leftBeforeDeath" : "violations";
}
