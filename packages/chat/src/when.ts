import type { Words } from "@aparte/i18n/i18n.ts";

/** Times as the reader's language writes them; the reader's own zone unless another is named. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: string | Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, formatter);
  return formatter.format(new Date(at));
}

/** "10:42" */
export function timeOf(at: string | Date, locale: string, timeZone?: string): string {
  return format(at, locale, { hour: "numeric", minute: "2-digit", ...(timeZone ? { timeZone } : {}) });
}

/** "3 November 2026 at 14:02" */
export function dateAndTime(at: string, locale: string): string {
  return format(at, locale, { dateStyle: "long", timeStyle: "short" });
}

/** "Monday 09:00" */
export function dayAndTime(at: string, locale: string, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  return format(at, locale, { weekday: "long", hour: "numeric", minute: "2-digit", ...zone });
}

/** "3 November 2026" */
export function dayOf(at: string, locale: string): string {
  return format(at, locale, { dateStyle: "long" });
}

/** "Today", "Yesterday", the weekday within six days, then the date; the year only when it is another one. */
export function dayLabel(at: string, now: Date, words: Words): string {
  const day = new Date(at);
  const daysAgo = Math.round((startOfDay(now) - startOfDay(day)) / 86_400_000);
  if (daysAgo === 0) return words.t("day.today");
  if (daysAgo === 1) return words.t("day.yesterday");
  if (daysAgo > 1 && daysAgo < 7) return capitalised(format(day, words.locale, { weekday: "long" }), words.locale);
  const year = day.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return format(day, words.locale, { day: "numeric", month: "long", ...year });
}

/** How long ago, in the largest unit that fits: "3 days ago". */
export function ago(at: string, now: Date, locale: string): string {
  const minutes = Math.round((now.getTime() - Date.parse(at)) / 60_000);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), "hour");
  return relative.format(-Math.round(minutes / (24 * 60)), "day");
}

/** "21 h 14 min", "14 min" */
export function duration(minutes: number, words: Words): string {
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return words.t("duration.minutes", { minutes });
  return words.t("duration.hours_minutes", { hours, minutes: minutes % 60 });
}

/** The town that a zone is named after: "America/Sao_Paulo" is "Sao Paulo". */
export function townOf(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function capitalised(text: string, locale: string): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);
}
