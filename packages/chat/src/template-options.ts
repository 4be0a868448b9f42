import type { MessageView } from "@aparte/core/message.ts";
import { templateUsable, type Reason } from "@aparte/core/send-decision.ts";
import type { TemplateView } from "@aparte/core/template.ts";
import type { Permission } from "./consent/permissions.ts";

/** One template as a person knows it: a name, with its languages inside. */
export type TemplateOption = {
  readonly name: string;
  readonly variants: readonly TemplateView[];
  /** The language that is offered first. */
  readonly preferred: TemplateView;
  /** Why the preferred language cannot be sent to this person now; null when it can. */
  readonly refusal: Reason | null;
};

export type TemplateContext = {
  /** What the gate says to each purpose. */
  readonly permissions: readonly Permission[];
  /** Newest last. The language and the templates used before rank higher. */
  readonly messages: readonly MessageView[];
  /** The reader's language, used when nothing was sent to this person yet. */
  readonly locale: string;
};

/** The first reason why a template may not be sent to this person now, by the same gate as the API's; null when it may. */
function templateRefusal(template: TemplateView, permissions: readonly Permission[]): Reason | null {
  const permission = permissions.find(({ category }) => category === template.category);
  return templateUsable(template) ?? permission?.decision.reasons[0] ?? null;
}

/**
 * The templates to choose from: those that can be sent first, then those used in this conversation, then by name. The
 * others follow with their reason, so that nobody wonders where a template went. Sign-in codes are left out: a system
 * makes and sends them, a code that a person typed would open nothing.
 */
export function templateOptions(templates: readonly TemplateView[], context: TemplateContext): TemplateOption[] {
  const used = usedTemplates(context.messages);
  const language = used.at(-1)?.language ?? context.locale;
  const forPeople = templates.filter((template) => template.category !== "AUTHENTICATION");
  const byName = Map.groupBy(forPeople, (template) => template.name);
  const options = [...byName].map(([name, variants]): TemplateOption => {
    const preferred = preferredVariant(variants, context.permissions, language);
    return { name, variants, preferred, refusal: templateRefusal(preferred, context.permissions) };
  });
  const rank = (option: TemplateOption): number =>
    (option.refusal ? 2 : 0) + (used.some((one) => one.name === option.name) ? 0 : 1);
  return options.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** Keeps the options in whose name or text every word of the search stands. */
export function searchTemplates(options: readonly TemplateOption[], search: string): TemplateOption[] {
  const wanted = search.toLowerCase().split(/\s+/u).filter(Boolean);
  return options.filter(({ name, preferred: { shape } }) => {
    const text = [name, name.replaceAll("_", " "), shape.header, shape.body, shape.footer].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function preferredVariant(
  variants: TemplateView[],
  permissions: TemplateContext["permissions"],
  language: string,
): TemplateView {
  const short = language.split(/[-_]/u)[0] ?? language;
  const score = (template: TemplateView): number =>
    (templateRefusal(template, permissions) ? 0 : 4) +
    (template.language === language ? 2 : 0) +
    (template.language.split("_")[0] === short ? 1 : 0);
  return variants.reduce((best, candidate) => (score(candidate) > score(best) ? candidate : best));
}

function usedTemplates(messages: readonly MessageView[]): { readonly name: string; readonly language: string }[] {
  return messages.flatMap(({ content }) => (content.kind === "template" ? [content] : []));
}
