import { plainText } from "@aparte/core/message-content.ts";
import type { MessageView } from "@aparte/core/message.ts";
import type { Locale, WordKey, Words } from "@aparte/i18n/i18n.ts";
import type { LedgerEntry } from "../consent/entries.ts";
import { markup, type Html } from "../platform/markup.ts";
import type { Subject } from "./copy-subject.ts";
import { maskOthers } from "./mask-others.ts";

/** Where the readable page of each language stands in a copy. */
export const pagePaths: Readonly<Record<Locale, string>> = { en: "index.html", fr: "index.fr.html" };

const style = `
:root { color-scheme: light dark; --line: #8886; --in: light-dark(#efefef, #333); --out: light-dark(#dff3ec, #123d31); }
body { background: Canvas; color: CanvasText; font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); }
ol { list-style: none; padding: 0; display: flex; flex-direction: column; gap: .5rem; }
li { max-width: 80%; padding: .5rem .75rem; border-radius: .75rem; background: var(--in); align-self: flex-start; }
li.out { background: var(--out); align-self: flex-end; }
a { color: LinkText; }
li p { margin: 0; white-space: pre-wrap; } li small { display: block; }
img { max-width: 100%; max-height: 20rem; }`;

/**
 * The page as it is written out piece by piece, so that a long conversation never stands in memory. It runs no script, asks nobody
 * for anything, and shows what people wrote as text.
 */
export async function* copyPage(
  subject: Subject,
  messages: AsyncIterable<MessageView>,
  words: Words,
): AsyncGenerator<string> {
  const { file } = subject;
  const t = (key: WordKey, values?: Parameters<Words["t"]>[1]) => words.t(key, values);
  const other = words.locale === "fr" ? "en" : "fr";
  const date = dates(words);
  yield `<!doctype html>\n${
    markup`<html lang="${words.locale}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t("page.copy.title", { firm: file.controller })}</title><style>${{ html: style }}</style></head><body><main>
<h1>${t("page.copy.title", { firm: file.controller })}</h1>
<p>${t("page.copy.made", { date: date(file.generatedAt) })} <a href="${pagePaths[other]}" lang="${other}">${t("page.copy.other")}</a></p>
<h2>${t("page.copy.about")}</h2>${aboutPerson(subject, words)}
<h2>${t("page.copy.consents")}</h2>${consents(subject.entries, words)}
<p>${t("page.copy.audit")}</p>
<h2>${t("page.copy.messages")}</h2><ol>`.html
  }`;
  let count = 0;
  for await (const message of messages) {
    count += 1;
    yield bubble(subject, message, words).html;
  }
  yield markup`</ol>${count === 0 ? markup`<p>${t("page.copy.no_messages")}</p>` : null}</main></body></html>\n`.html;
}

function dates({ locale }: Words): (time: string) => string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return (time) => `${format.format(new Date(time))} UTC`;
}

function aboutPerson({ file }: Subject, words: Words): Html {
  const date = dates(words);
  const { person, records } = file;
  const none = words.t("page.copy.none");
  const lines: readonly (readonly [WordKey, string | null])[] = [
    ["page.copy.name", person.name ?? none],
    ["page.copy.profile_name", person.profileName ?? none],
    ["page.copy.number", person.number ?? none],
    ["page.copy.whatsapp_ids", person.whatsappIds.join(", ") || none],
    ["page.copy.known_since", date(person.knownSince)],
    [
      "page.copy.records",
      records.map(({ crm, account, type, id }) => `${crm} ${account}: ${type} ${id}`).join(", ") || none,
    ],
    ["page.copy.restricted", file.restrictedSince && date(file.restrictedSince)],
    ["page.copy.held", file.heldSince && date(file.heldSince)],
  ];
  const shown = lines.flatMap(([key, value]) =>
    value === null ? [] : [markup`<dt>${words.t(key)}</dt><dd>${value}</dd>`],
  );
  return markup`<dl>${shown}</dl>`;
}

function consents(entries: readonly LedgerEntry[], words: Words): Html {
  if (entries.length === 0) return markup`<p>${words.t("page.copy.no_consents")}</p>`;
  const date = dates(words);
  const rows = entries.map(
    ({ occurredAt, purpose, action, method, wording }) => markup`<tr><td>${date(occurredAt)}</td>
<td>${words.t("page.copy.purpose", { purpose })}: ${words.t("page.copy.action", { action })}</td>
<td>${words.t("page.copy.method", { method })}</td><td>${wording}</td></tr>`,
  );
  const heads = (["page.copy.when", "page.copy.what", "page.copy.how", "page.copy.wording"] as const).map(
    (key) => markup`<th scope="col">${words.t(key)}</th>`,
  );
  return markup`<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

function bubble({ file, files }: Subject, message: MessageView, words: Words): Html {
  const content = maskOthers(message.content);
  const isIn = message.direction === "in";
  const text = content.kind === "deleted" ? words.t("page.copy.deleted") : plainText(content);
  const shown = message.files.map(({ id }) => {
    const { path = null, type = "", name = null } = files.find((one) => one.id === id) ?? {};
    if (path === null) return markup`<p>${words.t("page.copy.file_gone")}</p>`;
    const label = name ?? path;
    return /^image\/(jpeg|png|webp|gif)$/.test(type)
      ? markup`<p><a href="${path}"><img src="${path}" alt="${label}"></a></p>`
      : markup`<p><a href="${path}">${label}</a></p>`;
  });
  return markup`<li class="${isIn ? "in" : "out"}"><small>${isIn ? words.t("page.copy.you") : file.controller}, <time datetime="${message.at}">${dates(words)(message.at)}</time></small><p dir="auto">${text}</p>${shown}</li>
`;
}
