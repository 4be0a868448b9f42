import { readFileSync } from "node:fs";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type UserManifest } from "wxt";
import { sourceOf } from "@aparte/i18n/compile.ts";
import en from "@aparte/i18n/compiled/en.ts";
import fr from "@aparte/i18n/compiled/fr.ts";
import { locales, type Locale } from "@aparte/i18n/i18n.ts";
import { laterWords, laterWordsFile, wordsFile } from "./src/platform/words.ts";
import { matchPatterns } from "./src/sites/sites.ts";

/**
 * Public half of an RSA key whose private half was never kept. Chromium derives the extension's id from it, so the id
 * is the same on every machine and the API can name it.
 */
const publicKey =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5EmWBk16NFU2+Lz5KYn1o4OViWV4aD9eivVEX40iwyBYi7aYxD8Qxl1we2c1GWlh/Fa2knOaNMVq/dWNf6OPO6DK2xmLlo+WfncYQLlbrWHAWXIEqiilqN7XcJjatrcVqouNTTootKWO/jriKRBO/mqvLWkKhtqaesCOqUty1QTscXyxObdyfsMkG2F1NLHWWXeYRwhfGy+a0og6L1QN81PH9QTgmvhrWIte1ml3hHMylivO33wCpnxHlLJAqY7+4lYE443imeHRipqLg8QTEgPdbCiNzxMrfWqaCKg/ACZfK/BFyTDdknUFCJ676baBZmRkpsQe19KW9BDYt7gI0wIDAQAB";

/** Words that the browser itself shows (manifest) or that are shown before any bundle is loaded (the edge tab). */
const browserWords = "ext.";

/**
 * What pages start with and what is fetched later uses as well, in one file: as twenty it would weigh 4 kB more, because each
 * is compressed by itself. What only the later parts use is left out.
 */
const startsWith = [
  /packages\/ui\/src\/(?!dialog)/,
  /packages\/core\/src\/(?!content-rules|media|autofill|template-|send-decision|quiet-hours|country-rules|consent|errors|week|zone-offsets)/,
  /packages\/i18n\/src\/(i18n|words-context)/,
  /packages\/chat\/src\/(formatted|formatted-text|safe-link|card-bubble|tab-stop|when|kept-draft|use-focus-when-lost)\./,
  /packages\/chat\/src\/(lazy-part|files\/(use-files|file-problem)|loading-skeleton|panel-header)\./,
  /packages\/chat\/src\/(content\/(other-words|summary)|price-note|crm-name|use-settled|use-now)\./,
  /extension\/src\/(platform|features\/(page|record|conversation|guard|sign-in\/sign-in-notice)|sites\/record-key)/,
  /clsx|createLucideIcon|icons\/(triangle-exclamation-point|check)\./,
];
const codeSplitting = {
  groups: [{ name: "base", test: (file: string) => startsWith.some((pattern) => pattern.test(file)) }],
};

const catalogues: Record<Locale, Readonly<Record<string, unknown>>> = { en, fr };

export default defineConfig({
  srcDir: "src",
  imports: false,
  modules: ["@wxt-dev/module-react"],
  vite: () => ({ plugins: [tailwindcss()], build: { modulePreload: { polyfill: false } } }),
  manifest: ({ browser }) => ({ ...everyBrowser(), ...(browser === "firefox" ? firefox() : chromium()) }),
  hooks: {
    "vite:build:extendConfig": (entries, config) => {
      const output = config.build?.rolldownOptions?.output;
      // Content scripts are one file each and cannot be split.
      if (entries.length > 1 && output && !Array.isArray(output)) output.codeSplitting = codeSplitting;
    },
    "build:publicAssets": (_, files) => {
      for (const locale of locales) {
        files.push({ relativeDest: wordsFile(locale), contents: wordsWhere(locale, (key) => !laterWords.test(key)) });
        files.push({
          relativeDest: laterWordsFile(locale),
          contents: wordsWhere(locale, (key) => laterWords.test(key)),
        });
        files.push({ relativeDest: `_locales/${locale}/messages.json`, contents: browserMessages(locale) });
      }
    },
  },
});

const everywhere = ["storage", "alarms", "scripting"] as const;

function everyBrowser(): UserManifest {
  return {
    name: "__MSG_ext_name__",
    description: "__MSG_ext_description__",
    default_locale: "en",
    permissions: [...everywhere],
    // Asked for one CRM at a time, with the reason beside the button (features/site-access).
    optional_host_permissions: matchPatterns(),
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'none'" },
    commands: {
      toggle_panel: { suggested_key: { default: "Alt+Shift+W" }, description: "__MSG_ext_toggle_command__" },
    },
  };
}

/** A dynamic address hides the extension from pages that probe for it; only Chromium has it. */
function chromium(): UserManifest {
  return {
    key: publicKey,
    minimum_chrome_version: "144",
    permissions: [...everywhere, "sidePanel"],
    // The panel itself: in its own window it lets people search, follow the tab and write without any page's help.
    side_panel: { default_path: "panel.html" },
    web_accessible_resources: [{ resources: ["panel.html"], matches: matchPatterns(), use_dynamic_url: true }],
  };
}

function firefox(): UserManifest {
  return {
    sidebar_action: { default_panel: "panel.html", default_title: "__MSG_ext_name__", open_at_install: false },
    web_accessible_resources: [{ resources: ["panel.html"], matches: matchPatterns() }],
    browser_specific_settings: {
      gecko: {
        id: "panel@aparte.example",
        strict_min_version: "147.0",
        data_collection_permissions: { required: ["none"] },
      },
    },
  };
}

/** A part of the compiled words. */
function wordsWhere(locale: Locale, wanted: (key: string) => boolean): string {
  return JSON.stringify(Object.fromEntries(Object.entries(catalogues[locale]).filter(([key]) => wanted(key))));
}

/** `_locales` as browsers want it, out of the one catalogue that people translate: `ext.name` becomes `ext_name`. */
function browserMessages(locale: Locale): string {
  const words = Object.entries(JSON.parse(readFileSync(sourceOf(locale), "utf8")) as Record<string, string>);
  const messages = words
    .filter(([key]) => key.startsWith(browserWords))
    .map(([key, message]) => [key.replaceAll(".", "_"), { message }]);
  return JSON.stringify(Object.fromEntries(messages));
}
