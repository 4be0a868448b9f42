import { locales, type Locale } from "@aparte/i18n/i18n.ts";
import { isObject } from "./guards.ts";
import { item, type Item } from "./storage.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What a person chose for this browser. `auto` follows the browser. */
export type Settings = {
  /** Origin of the API, without a slash at the end. */
  readonly server: string;
  readonly locale: "auto" | Locale;
  readonly theme: Theme;
};

export const defaultSettings: Settings = {
  server: serverOrigin(import.meta.env.WXT_API_URL ?? "") ?? "http://localhost:4100",
  locale: "auto",
  theme: "auto",
};

const stored: Item<Settings> = item("local", "settings", parse);

/** The settings; a value that is missing or strange is the default one. */
export async function readSettings(): Promise<Settings> {
  return (await stored.read()) ?? defaultSettings;
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  await stored.write({ ...(await readSettings()), ...change });
}

export function watchSettings(onChange: (settings: Settings) => void): () => void {
  return stored.watch((settings) => onChange(settings ?? defaultSettings));
}

/**
 * The origin that a person means by what they typed ("wa.example.com/", "http://localhost:4100"): https unless they
 * said http, which is only taken for this very machine. Null when it is no address of a server.
 */
export function serverOrigin(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (text === "" || url === null || url.username !== "" || url.password !== "") return null;
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || local ? url.origin : null;
}

function parse(value: unknown): Settings {
  if (!isObject(value)) return defaultSettings;
  const { server, locale, theme } = value;
  return {
    server: (typeof server === "string" ? serverOrigin(server) : null) ?? defaultSettings.server,
    locale: locales.find((known) => known === locale) ?? "auto",
    theme: themes.find((known) => known === theme) ?? "auto",
  };
}
