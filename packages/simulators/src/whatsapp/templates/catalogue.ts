import type { Refusal } from "../graph/refusal.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template, TemplateSeed } from "./model.ts";
import { brokenRule } from "./broken-rule.ts";
import { newHistory } from "./model.ts";

const HOUR_MS = 3_600_000;
const RESERVED_MS = 30 * 24 * HOUR_MS;
const CREATIONS_PER_HOUR = 100;
/** How many templates an account may have: few until the business is verified. */
const MOST = { unverified: 250, verified: 6000 } as const;

/** The templates of an account, in the order of their creation. */
export function templatesOf(sim: Sim, account: Pick<Account, "id">): Template[] {
  return [...sim.state.templates.values()].filter((template) => template.accountId === account.id);
}

/** Why an account cannot have another template of this name and language now. */
export function refuseName(
  sim: Sim,
  account: Account,
  { name, language }: Pick<TemplateSeed, "name" | "language">,
): Refusal | undefined {
  const own = templatesOf(sim, account);
  const now = sim.clock.now();
  if (own.some((template) => template.name === name && template.language === language)) {
    return brokenRule(
      2388024,
      `There is already ${language} content for this template. You can create a new template and try again.`,
    );
  }
  const reserved = sim.state.reservedNames.some(
    (kept) => kept.accountId === account.id && kept.name === name && kept.language === language && kept.until > now,
  );
  if (reserved) {
    return brokenRule(
      2388023,
      `New ${language} content can't be added while the existing ${language} content is being deleted. Try again in 30 days.`,
    );
  }
  if (own.length >= (account.verified ? MOST.verified : MOST.unverified)) {
    return brokenRule(2388019, "Delete a template first.");
  }
  return undefined;
}

/** Whether the account has used up its 100 creations of the last hour. Counts this one if not. */
export function countCreation(sim: Sim, account: Account): boolean {
  const now = sim.clock.now();
  account.templatesCreatedAt = account.templatesCreatedAt.filter((at) => now - at < HOUR_MS);
  if (account.templatesCreatedAt.length >= CREATIONS_PER_HOUR) return false;
  account.templatesCreatedAt.push(now);
  return true;
}

/** Adds a template. */
export function addTemplate(sim: Sim, account: Account, content: Omit<TemplateSeed, "id">): Template {
  const template: Template = { ...newHistory(account.id, sim.clock.now()), ...content, id: newObjectId() };
  sim.state.templates.set(template.id, template);
  const { id, name, language, category } = template;
  sim.ledger.record("template_created", { waba_id: account.id, id, name, language, category });
  return template;
}

/** Takes a template away; one that was approved leaves its name reserved for 30 days. */
export function removeTemplate(sim: Sim, template: Template): void {
  const { state } = sim;
  const now = sim.clock.now();
  state.templates.delete(template.id);
  state.reservedNames = state.reservedNames.filter(({ until }) => until > now);
  if (template.status !== "APPROVED" && template.status !== "PAUSED") return;
  const { accountId, name, language } = template;
  state.reservedNames.push({ accountId, name, language, until: now + RESERVED_MS });
}
