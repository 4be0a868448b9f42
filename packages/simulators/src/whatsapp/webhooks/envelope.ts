/** One piece of news for the apps of an account. */
export type Update = {
  accountId: string;
  field: string;
  value: Record<string, unknown>;
  /** Unix seconds; account fields carry it as `entry[].time`, messages do not. */
  time: number;
  /** A field of the future: sent to every subscribed app, since none could tick it. */
  isUnknown?: boolean;
};

type Entry = { id: string; time?: number; changes: { value: Record<string, unknown>; field: string }[] };

/**
 * The body of one POST: the updates of an account go into one entry, in their order. Characters outside ASCII are
 * written as `\uXXXX`, as Meta writes them, unless `rawUtf8` is asked for.
 */
export function webhookBody(updates: readonly Update[], { rawUtf8 = false } = {}): string {
  const entries = new Map<string, Entry>();
  for (const { accountId, field, value, time } of updates) {
    const isMessage = field === "messages";
    const key = `${accountId}:${isMessage ? "" : time}`;
    const entry = entries.get(key) ?? { id: accountId, ...(isMessage ? {} : { time }), changes: [] };
    entry.changes.push({ value, field });
    entries.set(key, entry);
  }
  const json = JSON.stringify({ object: "whatsapp_business_account", entry: [...entries.values()] });
  return rawUtf8 ? json : escapeNonAscii(json);
}

function escapeNonAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
