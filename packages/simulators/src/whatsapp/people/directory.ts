import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { Account, BusinessNumber, Pair, State } from "../state.ts";
import { businessScopedUserId } from "../identifiers.ts";
import { TokenBucket } from "../messages/token-bucket.ts";
import type { Person } from "./person.ts";

/** Burst and refill of messages to one person from one number (Meta: 1 per 6 s, bursts of 45). */
const PAIR_BURST = 45;
const PAIR_REFILL_MS = 6000;

/** The person behind a phone number; nobody is unknown to WhatsApp until told so. */
export function personOf(state: State, waId: string): Person {
  const known = state.people.get(waId);
  if (known !== undefined) return known;
  const person: Person = {
    waId,
    name: `Customer ${waId.slice(-4)}`,
    username: undefined,
    idChanges: 0,
    phoneHidden: undefined,
    blocked: false,
    optedOutOf: new Set(),
    blockedNumbers: new Set(),
    marketingAt: [],
    marketingCap: undefined,
    notOnWhatsApp: false,
    identityHash: undefined,
    failCode: undefined,
    behaviour: {},
    habits: [],
  };
  state.people.set(waId, person);
  return person;
}

/** The person whom a business-scoped user id stands for in this account's portfolio, if it is one of ours. */
export function personByUserId(state: State, account: Account, userId: string): Person | undefined {
  for (const person of state.people.values()) if (userIdOf(account, person) === userId) return person;
  return undefined;
}

/** The person's business-scoped user id in the portfolio of an account. */
export function userIdOf(account: Account, person: Person): string {
  return businessScopedUserId(account.businessId, identityKey(person), countryOf(person.waId));
}

/** The id that a managed group of portfolios shares; undefined for a portfolio that belongs to none. */
export function parentUserIdOf(state: State, account: Account, person: Person): string | undefined {
  const group = state.portfolios.get(account.businessId)?.managedGroup;
  if (group === undefined) return undefined;
  const [country, digits] = businessScopedUserId(group, identityKey(person), countryOf(person.waId)).split(".");
  return `${country}.ENT.${digits}`;
}

/** Ids are made anew with the number, and on request. */
function identityKey({ waId, idChanges }: Person): string {
  return idChanges === 0 ? waId : `${waId}#${idChanges}`;
}

/** Countries by number: reading a number takes long, and every webhook about a person asks for theirs. */
const countries = new Map<string, string>();

/** ISO country of a phone number. Numbers of +1 that belong to no country (the 555 ones) count as the United States. */
export function countryOf(waId: string): string {
  const known = countries.get(waId);
  if (known !== undefined) return known;
  const parsed = parsePhoneNumberFromString(`+${waId}`);
  const country = parsed?.country ?? (waId.startsWith("1") ? "US" : (parsed?.getPossibleCountries()[0] ?? "ZZ"));
  countries.set(waId, country);
  return country;
}

/** What is known of a person at a business number. */
export function pairOf(state: State, phoneNumberId: string, waId: string, now: number): Pair {
  const key = `${phoneNumberId}:${waId}`;
  const known = state.pairs.get(key);
  if (known !== undefined) return known;
  const bucket = new TokenBucket({ capacity: PAIR_BURST, refillMs: PAIR_REFILL_MS, now });
  const pair: Pair = {
    lastInboundAt: undefined,
    referredAt: undefined,
    freeUntil: undefined,
    phoneSharedAt: undefined,
    bucket,
    typingUntil: 0,
  };
  state.pairs.set(key, pair);
  return pair;
}

/** For how long a contact by phone number keeps the number visible, in ms. */
const PHONE_SHOWN_MS = 30 * 24 * 3_600_000;

/**
 * Whether a business sees the person's phone number. Once a username is adopted it does only where one reached the
 * other by that number in the last 30 days, or the portfolio's contact book holds it (Meta, business-scoped user ids).
 */
export function sharesPhone(state: State, number: BusinessNumber, person: Person, now: number): boolean {
  if (person.phoneHidden !== undefined) return !person.phoneHidden;
  if (person.username === undefined) return true;
  const { phoneSharedAt } = pairOf(state, number.id, person.waId, now);
  if (phoneSharedAt !== undefined && now - phoneSharedAt < PHONE_SHOWN_MS) return true;
  const businessId = state.accounts.get(number.accountId)?.businessId ?? "";
  return state.portfolios.get(businessId)?.contactBook.has(person.waId) ?? false;
}
