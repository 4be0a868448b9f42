import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { pageOf } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { PartialRefusal, Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { findRecipient } from "../messages/recipient.ts";
import { pairOf, personOf, userIdOf } from "../people/directory.ts";
import type { Person } from "../people/person.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";

const DAY_MS = 24 * 3_600_000;
const MOST_BLOCKED = 64_000;
const MOST_AT_ONCE = 1000;

const blockSchema = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  block_users: jsonParam(
    z
      .array(
        z
          .strictObject({ user: z.string().min(1).optional(), user_id: z.string().min(1).optional() })
          .refine(({ user, user_id }) => user !== undefined || user_id !== undefined, "needs user or user_id"),
      )
      .min(1)
      .max(MOST_AT_ONCE),
  ),
});

type Named = { input: string; wa_id?: string; user_id?: string };
type Failed = Named & { errors: { message: string; code: number; error_data: { details: string } }[] };
/** What is done for one person; a text is the reason why it is not. */
type Step = (person: Person) => string | undefined;

/** Whether the business has blocked a person at this number. */
export function isBlocked(number: BusinessNumber, person: Person): boolean {
  return person.blocked || number.blockedUsers.has(person.waId);
}

/** `GET /{PNID}/block_users`: who is blocked, in pages. */
export function listBlocked(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const account = sim.state.accounts.get(number.accountId);
  const people = [...number.blockedUsers.keys()].map((waId) => ({
    id: waId,
    messaging_product: "whatsapp",
    wa_id: waId,
    user_id: account && userIdOf(account, personOf(sim.state, waId)),
  }));
  const page = pageOf(call, people, ["messaging_product", "wa_id", "user_id"]);
  if (page instanceof Refusal) return page;
  const { data = [], ...rest } = page as { data?: Record<string, unknown>[] };
  return { data: data.map(({ id: _id, ...person }) => person), ...rest };
}

/** `POST /{PNID}/block_users`: only people who wrote in the last 24 hours; at most 64,000 in all (139101). */
export function blockUsers(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const now = sim.clock.now();
  return change(sim, call, number, {
    done: "added_users",
    step: ({ waId }) => {
      const { lastInboundAt } = pairOf(sim.state, number.id, waId, now);
      if (lastInboundAt === undefined || now - lastInboundAt > DAY_MS) {
        return "Re-engagement required: the user has not messaged the business in the last 24 hours.";
      }
      number.blockedUsers.set(waId, now);
      return undefined;
    },
  });
}

/** `DELETE /{PNID}/block_users`: they can write again. */
export function unblockUsers(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  return change(sim, call, number, {
    done: "removed_users",
    step: ({ waId }) => {
      number.blockedUsers.delete(waId);
      return undefined;
    },
  });
}

/** Takes a step for each person named; those for whom it fails come back with error 139100 and what was done. */
function change(
  sim: Sim,
  call: Call,
  number: BusinessNumber,
  { done, step }: { done: "added_users" | "removed_users"; step: Step },
): Refusal | object {
  const request = parseParam(blockSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const account = sim.state.accounts.get(number.accountId);
  if (account === undefined) return refuseParameter("Invalid parameter");
  const people = request.block_users;
  if (done === "added_users" && number.blockedUsers.size + people.length > MOST_BLOCKED) {
    return refuseCloud(139101, `At most ${MOST_BLOCKED} users can be blocked.`);
  }
  const changed: Named[] = [];
  const failed: Failed[] = [];
  for (const one of people) {
    const outcome = take(sim, { account, number, step }, one);
    if ("errors" in outcome) failed.push(outcome);
    else changed.push(outcome);
  }
  sim.ledger.record(done === "added_users" ? "users_blocked" : "users_unblocked", {
    phone_number_id: number.id,
    count: changed.length,
  });
  const answer = { messaging_product: "whatsapp", block_users: { [done]: changed } };
  if (failed.length === 0) return answer;
  const { status, error } = refuseCloud(139100, "Failed to block/unblock some users, see the error for each of them.");
  return new PartialRefusal(status, error, {
    messaging_product: "whatsapp",
    block_users: { [done]: changed, failed_users: failed },
  });
}

function take(
  { state }: Sim,
  { account, number, step }: { account: Account; number: BusinessNumber; step: Step },
  { user, user_id }: { user?: string | undefined; user_id?: string | undefined },
): Named | Failed {
  const input = user ?? user_id ?? "";
  const found = findRecipient(state, account, number, { to: user, recipient: user_id });
  if (found instanceof Refusal) {
    const details = found.error.error_data?.details ?? found.error.message;
    return { input, ...failure(details) };
  }
  const { waId } = found.person;
  const named = { input, wa_id: waId, ...(user === undefined ? { user_id: input } : {}) };
  const reason = step(found.person);
  return reason === undefined ? named : { ...named, ...failure(reason) };
}

function failure(details: string): Pick<Failed, "errors"> {
  const { error } = refuseCloud(139100, details);
  return { errors: [{ message: error.message, code: error.code, error_data: { details } }] };
}
