import { preferenceKeys, withoutPreferenceHoles } from "@aparte/core/preference-button.ts";
import type { TemplateView } from "@aparte/core/template.ts";
import { currentPreferenceTokens, ownPreferencePage } from "../consent/preference-link.ts";
import type { Deps } from "../platform/context.ts";
import { storableText, type Tx } from "../platform/db.ts";

type Values = Readonly<Record<string, string>>;
type Addressee = { readonly contactId: string; readonly values: Values };
type FillDeps = Pick<Deps, "env" | "vault">;

/**
 * The template as callers fill it in: the value of a preference button is ours, so nobody is asked for it. Judge and show
 * a template in this shape; the lane sends it in its own.
 */
export function asFilledIn<Template extends Pick<TemplateView, "shape">>(deps: FillDeps, template: Template): Template {
  return { ...template, shape: withoutPreferenceHoles(template.shape, ownPreferencePage(deps)) };
}

/**
 * What callers gave, as Postgres can keep it, and each person's own token where the template leads to their preference
 * page: whatever a caller gave for that is dropped, because it would open somebody else's page. One query for all people.
 */
export async function fillValues<Given extends Addressee>(
  tx: Tx,
  deps: FillDeps,
  { workspaceId, shape }: { readonly workspaceId: string } & Pick<TemplateView, "shape">,
  given: readonly Given[],
): Promise<Given[]> {
  const keys = preferenceKeys(shape, ownPreferencePage(deps));
  const contactIds = [...new Set(given.map(({ contactId }) => contactId))];
  const tokens = keys.length === 0 ? null : await currentPreferenceTokens(tx, deps, { workspaceId, contactIds });
  return given.map((one) => {
    const kept = Object.entries(one.values).map(([key, value]) => [storableText(key), storableText(value)] as const);
    const own = keys.map((key) => [key, tokens?.get(one.contactId) ?? ""] as const);
    return { ...one, values: Object.fromEntries([...kept, ...own]) };
  });
}
