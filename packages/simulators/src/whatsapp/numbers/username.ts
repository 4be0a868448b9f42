import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

const usernameSchema = z.looseObject({
  username: z.string(),
  transfer_action: z.enum(["none", "force_transfer"]).default("none"),
});

/** `GET /{PNID}/username`: the username and whether people can find the business by it. */
export function readUsername(_sim: Sim, _call: Call, { username }: BusinessNumber): object {
  return username === undefined ? { data: [] } : { username: username.name, status: username.status };
}

/** `POST /{PNID}/username`: 147001 for one that is not allowed, 147002 for one that someone else has. */
export async function setUsername(sim: Sim, call: Call, number: BusinessNumber): Promise<Refusal | object> {
  const request = parseParam(usernameSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const refused = claimUsername(sim, number, request.username, request.transfer_action === "force_transfer");
  if (refused !== undefined) return refused;
  await tell(sim, number, request.username, "approved");
  return { success: true, status: "approved" };
}

/** `DELETE /{PNID}/username`. */
export async function deleteUsername(sim: Sim, _call: Call, number: BusinessNumber): Promise<object> {
  const name = number.username?.name;
  number.username = undefined;
  if (name !== undefined) await tell(sim, number, name, "deleted");
  return { success: true };
}

/** `GET /{PNID}/username_suggestions`: usernames made of the display name that are still free. */
export function suggestUsernames(sim: Sim, _call: Call, number: BusinessNumber): object {
  const words = number.verifiedName
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/gu);
  const stems = [words?.join("") ?? "", words?.join("_") ?? "", words?.join(".") ?? "", `${words?.join("")}_business`];
  const free = [...new Set(stems)].filter((name) => refuseUsername(sim, number, name) === undefined);
  return { data: [{ username_suggestions: free }] };
}

/**
 * Gives a number a username: 3 to 35 letters, digits, dots and underscores, with a letter, no dot at the ends or twice
 * in a row, not like a web address. One of another number of the same portfolio moves only by force.
 */
export function claimUsername(
  sim: Sim,
  number: BusinessNumber,
  username: string,
  transfer = false,
): Refusal | undefined {
  const refused = refuseUsername(sim, number, username, transfer);
  if (refused !== undefined) return refused;
  const holder = holderOf(sim, username);
  if (holder !== undefined) holder.username = undefined;
  number.username = { name: username, status: "approved" };
  sim.ledger.record("username_set", { phone_number_id: number.id, username });
  return undefined;
}

function refuseUsername(sim: Sim, number: BusinessNumber, username: string, transfer = false): Refusal | undefined {
  const isAllowed =
    /^[a-z0-9._]{3,35}$/u.test(username) &&
    /[a-z]/u.test(username) &&
    !/^\.|\.$|\.\.|^www|\.(?:com|org|net|co|io|in|br|uk|de|fr)$/u.test(username);
  if (!isAllowed) return refuseCloud(147001, "The username has characters or a form that is not allowed.");
  const holder = holderOf(sim, username);
  if (holder === undefined || holder.id === number.id) return undefined;
  const businessOf = ({ accountId }: BusinessNumber) => sim.state.accounts.get(accountId)?.businessId;
  return transfer && businessOf(holder) === businessOf(number)
    ? undefined
    : refuseCloud(147002, "The username is already taken.");
}

function holderOf(sim: Sim, username: string): BusinessNumber | undefined {
  return [...sim.state.numbers.values()].find((other) => other.username?.name === username);
}

async function tell(sim: Sim, number: BusinessNumber, username: string, status: string): Promise<void> {
  const value = { display_phone_number: number.digits, username, status };
  await announce(sim, number.accountId, "business_username_updates", value);
}
