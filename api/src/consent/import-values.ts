import type { DateOrder } from "@aparte/core/consent-import.ts";
import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { plain } from "./import-columns.ts";

const purposeNames: Readonly<Record<ConsentPurpose, readonly string[]>> = {
  marketing: [
    "marketing",
    "advertising",
    "promotion",
    "promotions",
    "offers",
    "news",
    "newsletter",
    "publicite",
    "offres",
    "prospection",
    "actualites",
  ],
  utility: [
    "utility",
    "transactional",
    "order",
    "orders",
    "updates",
    "utilitaire",
    "transactionnel",
    "commande",
    "commandes",
    "suivi",
  ],
  authentication: ["authentication", "otp", "codes", "code", "security", "authentification", "securite"],
  service: ["service", "support", "assistance", "help"],
};
const purposeOf = new Map(
  Object.entries(purposeNames).flatMap(([purpose, list]) =>
    list.map((name) => [name, purpose as ConsentPurpose] as const),
  ),
);

/** The purposes that a cell names ("marketing + utility"); null when one of them is none. */
export function readPurposes(text: string): ConsentPurpose[] | null {
  const parts = text.split(/[,;/+&|]|\bet\b|\band\b/i).filter((part) => plain(part) !== "");
  const found = parts.map((part) => purposeOf.get(plain(part)));
  return found.length === 0 || found.includes(undefined)
    ? null
    : [...new Set(found.flatMap((purpose) => purpose ?? []))];
}

const methodNames: Readonly<Record<string, readonly string[]>> = {
  web_form: [
    "web form",
    "webform",
    "form",
    "online form",
    "website",
    "web",
    "site",
    "site web",
    "formulaire",
    "formulaire web",
    "formulaire en ligne",
  ],
  phone_call: ["phone call", "phone", "call", "telephone", "appel", "appel telephonique", "par telephone"],
  in_person: [
    "in person",
    "shop",
    "store",
    "in store",
    "en personne",
    "magasin",
    "en magasin",
    "boutique",
    "sur place",
  ],
  contract: ["contract", "contrat"],
  paper: ["paper", "paper form", "papier", "formulaire papier", "courrier"],
  chat_message: ["chat message", "chat", "message", "whatsapp", "whatsapp message", "message whatsapp"],
};
const methodOf = new Map(
  Object.entries(methodNames).flatMap(([method, list]) => list.map((name) => [name, method] as const)),
);

/** How consent was given: one of our methods where the words say so, else the words themselves, which prove as much. */
export function readMethod(text: string): string {
  return methodOf.get(plain(text)) ?? text;
}

/** A BCP 47 tag in its usual form; null for what is none. */
export function readLanguage(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.replaceAll("_", "-"))[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const isoLike = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](.+))?$/;
const local = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:,?[T ]+(.+))?$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/**
 * A moment as tables write it: ISO 8601, or day, month and year in the file's own order. Without a time it is the beginning of
 * that day; without a zone it is UTC: the earlier a consent, the less it beats.
 * @returns ISO 8601; null for what is no real date.
 */
export function readDate(text: string, order: DateOrder): string | null {
  const parts = dateParts(text, order);
  if (!parts) return null;
  const { year, month, day } = parts;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCFullYear() !== year || midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day)
    return null;
  const ms = parts.time === undefined ? 0 : millisecondsOf(parts.time.trim());
  return ms === null ? null : new Date(midnight.getTime() + ms).toISOString();
}

function dateParts(text: string, order: DateOrder) {
  const iso = isoLike.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), time: iso[4] };
  const written = local.exec(text);
  if (!written) return null;
  const [, first, second, year, time] = written;
  const [day, month] = order === "day_first" ? [first, second] : [second, first];
  return { year: Number(year), month: Number(month), day: Number(day), time };
}

/** From midnight in UTC; null for what is no time of day. */
function millisecondsOf(time: string): number | null {
  const found = clock.exec(time);
  if (!found) return null;
  const [, written, minutes, seconds = "0", half, zone] = found;
  const hours = half ? (Number(written) % 12) + (half.toLowerCase() === "pm" ? 12 : 0) : Number(written);
  if (hours > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  return ((hours * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "");
  if (!found) return 0;
  const ms = (Number(found[2]) * 60 + Number(found[3])) * 60_000;
  return found[1] === "-" ? -ms : ms;
}
