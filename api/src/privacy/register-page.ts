import type { Register } from "@aparte/core/register.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { markup } from "../platform/markup.ts";

/** A part of the register as it is read: a heading and its lines, each with an explanation. */
export type RegisterSection = {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly text: string }[];
};

/** The register in the words of one language. */
export function registerSections(register: Register, { t }: Words): RegisterSection[] {
  return [
    {
      title: t("page.register.purposes"),
      lines: register.purposes.map(({ purpose, basis }) => ({
        name: t("page.register.purpose", { purpose }),
        text: t("page.register.basis", { basis }),
      })),
    },
    {
      title: t("page.register.people"),
      lines: register.people.map((people) => ({ name: t("page.register.person", { people }), text: "" })),
    },
    {
      title: t("page.register.categories"),
      lines: register.categories.map((category) => ({
        name: t("page.register.category", { category }),
        text: t("page.register.category_text", { category }),
      })),
    },
    {
      title: t("page.register.recipients"),
      lines: register.recipients.map(({ recipient, names }) => ({
        name: t("page.register.recipient", { recipient }),
        text: names.join(", "),
      })),
    },
    {
      title: t("page.register.retention"),
      lines: register.retention.map(({ kind, days }) => ({
        name: t("page.register.kind", { kind }),
        text: t("page.register.days", { days }),
      })),
    },
    {
      title: t("page.register.measures"),
      lines: register.measures.map((measure) => ({ name: t("page.register.measure", { measure }), text: "" })),
    },
  ];
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid #8886; }
th { width: 40%; font-weight: 600; } h2 { break-after: avoid; } tr { break-inside: avoid; }`;

/** The register as one page to print or to keep: it needs nothing else. */
export function registerPage(register: Register, words: Words): string {
  const title = words.t("page.register.title", { firm: register.controller });
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
  const sections = registerSections(register, words).map(({ title: heading, lines }) => {
    const rows = lines.map(({ name, text }) => markup`<tr><th scope="row">${name}</th><td>${text}</td></tr>`);
    return markup`<h2>${heading}</h2><table><tbody>${rows}</tbody></table>`;
  });
  const made = words.t("page.register.made", { date: date.format(new Date(register.madeOn)) });
  return `<!doctype html>\n${
    markup`<html lang="${words.locale}"><head><meta charset="utf-8"><title>${title}</title><style>${{ html: style }}</style></head>
<body><main><h1>${title}</h1><p>${made}</p>${sections}</main></body></html>\n`.html
  }`;
}
