import type { ConsentPolicy } from "@aparte/core/consent-policy.ts";
import { countryWeek } from "@aparte/core/quiet-hours.ts";
import type { Week } from "@aparte/core/week.ts";
import { hoursText, readHours } from "./policy-hours.ts";

/** Days of a week as the places of its lists, Monday first. */
export const weekDays = [0, 1, 2, 3, 4, 5, 6] as const;
export type WeekDay = (typeof weekDays)[number];

export const switches = ["utilityNeedsConsent", "strictFrance", "confirmOptOut", "bindsPeople", "holidays"] as const;
export const capNames = ["day", "week", "month", "unreadRest"] as const;
export const wordLists = ["ownStopWords", "ownSoftPhrases"] as const;
export const countryLists = ["regulated", "closedCountries"] as const;

/** The fields of the form. Those of a week are named after it and the day, as their places in the policy are. */
export type PolicyField =
  | (typeof switches)[number]
  | `caps.${(typeof capNames)[number]}`
  | (typeof wordLists)[number]
  | (typeof countryLists)[number]
  | "consentMonths"
  | "monthlyBudget.amount"
  | "monthlyBudget.currency"
  | "marketing"
  | "utility"
  | `marketing.${WeekDay}`
  | `utility.${WeekDay}`;

export type PolicyValues = Readonly<Record<PolicyField, string>>;

/** A switch as a text. */
export const on = "on";
const switched = (value: boolean): string => (value ? on : "");
const optional = (value: number | null): string => (value === null ? "" : String(value));

/** What stands in the fields. `marketing` and `utility` are "own" where the firm has hours of its own. */
export function valuesOf(policy: ConsentPolicy): PolicyValues {
  const { quietHours, caps, monthlyBudget } = policy;
  const byCountry = quietHours.marketing === "by_country";
  return {
    utilityNeedsConsent: switched(policy.utilityNeedsConsent),
    strictFrance: switched(policy.strictFrance),
    confirmOptOut: switched(policy.confirmOptOut),
    bindsPeople: switched(policy.bindsPeople),
    holidays: switched(quietHours.holidays),
    consentMonths: optional(policy.consentMonths),
    "caps.day": optional(caps.day),
    "caps.week": optional(caps.week),
    "caps.month": optional(caps.month),
    "caps.unreadRest": optional(caps.unreadRest),
    ownStopWords: policy.ownStopWords.join("\n"),
    ownSoftPhrases: policy.ownSoftPhrases.join("\n"),
    regulated: policy.regulated.join(", "),
    closedCountries: policy.closedCountries.join(", "),
    "monthlyBudget.amount": optional(monthlyBudget?.amount ?? null),
    "monthlyBudget.currency": monthlyBudget?.currency ?? "",
    marketing: byCountry ? "by_country" : "own",
    utility: quietHours.utility === null ? "always" : "own",
    ...daysOf("marketing", countryWeek(null, { ...policy, strictFrance: false })),
    ...daysOf("utility", quietHours.utility ?? everyHour),
  };
}

const wholeDay = [["00:00", "24:00"]] as const;
const everyHour: Week = [wholeDay, wholeDay, wholeDay, wholeDay, wholeDay, wholeDay, wholeDay];

function daysOf<Kind extends "marketing" | "utility">(kind: Kind, week: Week): Record<`${Kind}.${WeekDay}`, string> {
  const days = weekDays.map((day) => [`${kind}.${day}`, hoursText(week[day])]);
  return Object.fromEntries(days) as Record<`${Kind}.${WeekDay}`, string>;
}

/**
 * The policy that the fields say, for the API's own schema to check, and the fields of which nothing can be made. Numbers that
 * are none become what the schema refuses.
 */
export function typedPolicy(values: PolicyValues): {
  readonly typed: Readonly<Record<string, unknown>>;
  readonly unreadable: readonly PolicyField[];
} {
  const { amount, currency } = { amount: values["monthlyBudget.amount"], currency: values["monthlyBudget.currency"] };
  const typed = {
    utilityNeedsConsent: values.utilityNeedsConsent === on,
    strictFrance: values.strictFrance === on,
    confirmOptOut: values.confirmOptOut === on,
    bindsPeople: values.bindsPeople === on,
    consentMonths: numberIn(values.consentMonths),
    ownStopWords: linesOf(values.ownStopWords),
    ownSoftPhrases: linesOf(values.ownSoftPhrases),
    quietHours: {
      marketing: values.marketing === "own" ? weekIn("marketing", values) : "by_country",
      utility: values.utility === "own" ? weekIn("utility", values) : null,
      holidays: values.holidays === on,
    },
    caps: Object.fromEntries(capNames.map((name) => [name, numberIn(values[`caps.${name}`])])),
    monthlyBudget: amount.trim() === "" ? null : { amount: numberIn(amount), currency: currency.trim().toUpperCase() },
    regulated: countriesIn(values.regulated),
    closedCountries: countriesIn(values.closedCountries),
  };
  return { typed, unreadable: unreadableDays(values) };
}

function weekIn(kind: "marketing" | "utility", values: PolicyValues): unknown {
  return weekDays.map((day) => readHours(values[`${kind}.${day}`]) ?? []);
}

function unreadableDays(values: PolicyValues): PolicyField[] {
  return (["marketing", "utility"] as const)
    .filter((kind) => values[kind] === "own")
    .flatMap((kind) => weekDays.map((day) => `${kind}.${day}` as const))
    .filter((name) => readHours(values[name]) === null);
}

/** People write decimals with a comma, too. */
function numberIn(text: string): number | null {
  return text.trim() === "" ? null : Number(text.trim().replace(",", "."));
}

function linesOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

/** Codes of countries, however they are parted. */
export function countriesIn(text: string): string[] {
  return [...new Set(text.toUpperCase().split(/[\s,;]+/))].filter((code) => code !== "");
}

/** The fields that a path of the schema (`quietHours.marketing`, `ownStopWords.3`) speaks of. */
export function fieldOfPath(path: string): string {
  const hours = /^quietHours\.(marketing|utility)/.exec(path);
  if (hours) return `${hours[1]}.0`;
  return path.replace(/^(ownStopWords|ownSoftPhrases|regulated|closedCountries)\..*/, "$1");
}
