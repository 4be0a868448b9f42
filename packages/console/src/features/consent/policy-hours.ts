import { inOrder, type Interval } from "@aparte/core/week.ts";

/** Stretches as people read and write them: "09:00–12:00, 14:00–20:00". */
export function hoursText(hours: readonly Interval[]): string {
  return hours.map(([from, to]) => `${from}–${to}`).join(", ");
}

/** Reads what people write: "9-12, 14h-20h" too. Empty: that day rests. Null when it cannot be read or is out of order. */
export function readHours(text: string): Interval[] | null {
  if (text.trim() === "") return [];
  const hours: Interval[] = [];
  for (const part of text.split(/[,;]/)) {
    const [from, to, ...more] = part.split(/[-–—]/).map(readTime);
    if (!from || !to || more.length > 0) return null;
    hours.push([from, to]);
  }
  return inOrder(hours) && hours.every(([, to]) => to <= "24:00") ? hours : null;
}

/** "9", "9:30", "9h30" and "09.30" as "HH:MM". */
function readTime(text: string): string | null {
  const [, hour, minute = ""] = /^\s*(\d{1,2})\s*(?:[:.h]\s*(\d{2})?)?\s*$/i.exec(text) ?? [];
  if (hour === undefined || Number(minute) > 59) return null;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}
