import { pageLanguages, type PageLanguage, type PreferenceTextName } from "@aparte/core/preference-input.ts";
import type { WordKey, Words } from "@aparte/i18n/i18n.ts";
import { markup, type Html } from "../platform/markup.ts";
import type { Preference, PreferencePurpose } from "./preference-states.ts";
import type { PreferencePerson } from "./preference.ts";
import { pageStyle } from "./preference-style.ts";

/** What was just done, said at the top of the page. */
export type Done = "stop" | "stop_all" | "allow" | "none";

export type PreferencePage = {
  readonly language: PageLanguage;
  readonly words: Words;
  readonly texts: Readonly<Record<PreferenceTextName, string>>;
  readonly person: Pick<PreferencePerson, "firm" | "maskedNumber" | "restricted">;
  readonly preferences: readonly Preference[];
  /** Null: the page was only opened. */
  readonly done: Done | null;
};

/** The page of a person: what they allow, a button for each change, and what a press meant. */
export function preferencePage(page: PreferencePage): string {
  const { words, texts, person, preferences, done, language } = page;
  const { firm, maskedNumber, restricted } = person;
  const say = (key: WordKey) => words.t(key, { firm });
  const number =
    maskedNumber === null
      ? say("page.preferences.number_hidden")
      : words.t("page.preferences.number", { number: maskedNumber });
  return document(language, `${texts.title} · ${firm}`, [
    markup`<p class="firm">${firm}</p><h1>${texts.title}</h1>`,
    done === null ? markup`` : saved(page, done),
    markup`<p class="lines">${texts.intro}</p><p class="muted">${number}</p>`,
    restricted ? markup`<div class="notice"><p>${say("page.preferences.restricted")}</p></div>` : markup``,
    markup`<h2>${say("page.preferences.purposes")}</h2>`,
    markup`<ul class="purposes">${preferences.map((preference) => card(page, preference))}</ul>`,
    markup`<h2>${say("page.preferences.all")}</h2>`,
    preferences.some(({ canStop }) => canStop)
      ? markup`<p>${say("page.preferences.all_text")}</p>${button(page, "stop", "all")}`
      : markup`<p>${say("page.preferences.all_stopped")}</p>`,
    markup`</main><footer><p class="muted">${say("page.preferences.kept")}</p>${languages(page)}</footer>`,
  ]);
}

function saved({ words, texts, person: { firm } }: PreferencePage, done: Done): Html {
  const goodbye = done === "stop" || done === "stop_all" ? markup`<p class="lines">${texts.goodbye}</p>` : null;
  // It takes the focus, so that the outcome is read out first on a page that looks like the one before.
  return markup`<div class="notice saved" role="status" tabindex="-1" autofocus><p><strong>${words.t(`page.preferences.done.${done}`, { firm })}</strong></p>${goodbye}</div>`;
}

function card(page: PreferencePage, preference: Preference): Html {
  const { words, texts, person } = page;
  const { purpose, state, until, inWhatsApp, canStop, canAllow } = preference;
  const say = (key: WordKey) => words.t(key, { firm: person.firm });
  const label = [say(`page.preferences.state.${state}`), ...(until === null ? [] : [untilWords(page, until)])].join(
    " ",
  );
  const agree = canAllow && !inWhatsApp;
  return markup`<li class="card">
<div class="head"><h3>${say(`page.preferences.${purpose}`)}</h3><span class="state ${state}">${label}</span></div>
<p class="lines">${texts[purpose]}</p>
${inWhatsApp ? markup`<p>${say("page.preferences.in_whatsapp")}</p>` : null}
${canStop ? button(page, "stop", purpose) : null}
${agree ? markup`<div class="agree"><p>${say(`page.preferences.agree.${purpose}`)}</p>${button(page, "allow", purpose)}</div>` : null}
</li>`;
}

function untilWords({ words, language }: PreferencePage, until: string): string {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(until));
  return words.t("page.preferences.until", { date });
}

function button({ words, language }: PreferencePage, act: "stop" | "allow", value: PreferencePurpose | "all"): Html {
  const label = words.t(value === "all" ? "page.preferences.stop_all" : `page.preferences.${act}.${value}`);
  return markup`<form method="post" action="?language=${language}">
<button class="${value === "all" ? "main" : ""}" name="${act}" value="${value}">${label}</button>
</form>`;
}

const names: Record<PageLanguage, string> = { en: "English", fr: "Français" };

function languages({ language, words }: Pick<PreferencePage, "language" | "words">): Html {
  const links = pageLanguages.map((other) =>
    other === language
      ? markup`<li><span aria-current="true" lang="${other}">${names[other]}</span></li>`
      : markup`<li><a href="?language=${other}" hreflang="${other}" lang="${other}">${names[other]}</a></li>`,
  );
  return markup`<nav aria-label="${words.t("page.preferences.language")}"><ul>${links}</ul></nav>`;
}

/** What somebody is told whose link opens nothing (any more), or who asks too often. */
export function noticePage(language: PageLanguage, words: Words, notice: "unusable" | "limited"): string {
  const title = words.t(`page.preferences.${notice}`);
  return document(language, title, [
    markup`<h1>${title}</h1><p>${words.t(`page.preferences.${notice}_text`)}</p></main>`,
    markup`<footer>${languages({ language, words })}</footer>`,
  ]);
}

/** What the person saw and pressed, as the ledger keeps it. */
export function shownWords(
  { words, texts, person: { firm } }: Pick<PreferencePage, "words" | "texts" | "person">,
  act: "stop" | "allow",
  isAll: boolean,
): (purpose: PreferencePurpose) => string {
  return (purpose) =>
    [
      `${words.t(`page.preferences.${purpose}`)}: ${texts[purpose]}`,
      act === "allow" ? words.t(`page.preferences.agree.${purpose}`, { firm }) : null,
      `[${words.t(isAll ? "page.preferences.stop_all" : `page.preferences.${act}.${purpose}`)}]`,
    ]
      .filter((line) => line !== null)
      .join("\n");
}

/** `parts` begin inside of `<main>` and close it. */
function document(language: PageLanguage, title: string, parts: readonly Html[]): string {
  const { html } = markup`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><title>${title}</title><style>${{ html: pageStyle }}</style></head>
<body><main>${parts}</body></html>
`;
  return html;
}
