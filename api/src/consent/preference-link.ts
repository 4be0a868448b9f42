import { refused, type Outcome } from "@aparte/core/result.ts";
import { loadContact } from "../contacts/service.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { publicUrl } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { preferenceToken } from "./preference-token.ts";
import { linkVersion, revokeLinks } from "./preference.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * The token of a person's preference page as it is good now: the value of a template's URL button whose address is
 * `<PUBLIC_URL>/preferences/{{1}}`.
 */
export async function currentPreferenceToken(tx: Tx, deps: Pick<Deps, "vault">, person: Person): Promise<string> {
  return preferenceToken(deps, { ...person, version: await linkVersion(tx, person) });
}

export type PreferenceLink = { readonly url: string; readonly token: string };

/** The address of a person's preference page, for somebody who hands it on. */
export async function preferenceLink(
  ctx: MemberContext,
  { contactId }: Pick<Person, "contactId">,
): Promise<Outcome<PreferenceLink>> {
  const person = { workspaceId: ctx.actor.workspaceId, contactId };
  return ctx.database.inWorkspace(person.workspaceId, async (tx) => {
    if (!(await loadContact(tx, person.workspaceId, contactId))) return refused("contacts.not_found");
    const token = await currentPreferenceToken(tx, ctx, person);
    return { ok: true, token, url: `${publicUrl(ctx.env)}/preferences/${token}` };
  });
}

/** Makes all links of a person that were given out useless, for instance when one went to somebody else. */
export async function revokePreferenceLinks(
  ctx: MemberContext,
  { contactId }: Pick<Person, "contactId">,
): Promise<Outcome<PreferenceLink>> {
  const { workspaceId, userId: actor } = ctx.actor;
  const isThere = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!(await loadContact(tx, workspaceId, contactId))) return false;
    await revokeLinks(tx, { workspaceId, contactId });
    await emit(tx, [{ name: "consent.links_revoked", workspaceId, actor, payload: { contactId } }]);
    return true;
  });
  return isThere ? preferenceLink(ctx, { contactId }) : refused("contacts.not_found");
}
