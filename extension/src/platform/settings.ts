import { locales, type Locale } from "@aparte/i18n/i18n.ts";
import { isObject } from "./guards.ts";
import { item, type Item } from "./storage.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What a person chose for this browser. `auto` follows the browser. */
export type Settings = {
  /** Origin of the API, without a slash at the end. */
  readonly serverUrl: string;
  readonly locale: "auto" | Locale;
  readonly theme: Theme;
};

export const defaultSettings: Settings = {
  serverUrl: serverOrigin(import.meta.env.WXT_API_URL ?? "") ?? "http://localhost:4100",
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

const thisMachine = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * The origin that a person means by what they typed ("wa.example.com/", "localhost:4100"). Always https, except for this
 * very machine. Null when it is no address of a server.
 */
export function serverOrigin(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(text.includes("://") ? text : `https://${text}`);
  if (text === "" || url === null || url.username !== "" || url.password !== "") return null;
  if (thisMachine.test(url.hostname) && !text.includes("://")) return `http://${url.host}`;
  const safe = url.protocol === "https:" || (url.protocol === "http:" && thisMachine.test(url.hostname));
  return safe ? url.origin : null;
}

function parse(value: unknown): Settings {
  if (!isObject(value)) return defaultSettings;
  const { serverUrl, locale, theme } = value;
  return {
    serverUrl: isServer(serverUrl) ? serverUrl : defaultSettings.serverUrl,
    locale: locales.find((known) => known === locale) ?? "auto",
    theme: themes.find((known) => known === theme) ?? "auto",
  };
}

function isServer(value: unknown): value is string {
  return typeof value === "string" && serverOrigin(value) === value;
}
