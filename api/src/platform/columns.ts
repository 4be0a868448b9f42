import { customType, timestamp } from "drizzle-orm/pg-core";

/** Bytes: sealed secrets. */
export const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** A time as text, so that its microseconds survive; `isoTime` turns it into what clients read. */
export const time = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** ISO 8601 in UTC from a time as Postgres writes it. */
export function isoTime(text: string): string {
  return new Date(text).toISOString();
}
