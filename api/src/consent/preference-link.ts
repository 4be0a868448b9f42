import { preferencePageOf } from "@aparte/core/preference-button.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { loadContact } from "../contacts/service.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { publicUrl } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { preferenceToken } from "./preference-token.ts";
import { linkVersions, revokeLinks } from "./preference.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

type People = { readonly workspaceId: string; readonly contactIds: readonly string[] };

/** The tokens of people's preference pages as they are good now, by contact id: one query for all of them. */
export async function currentPreferenceTokens(
  tx: Tx,
  deps: Pick<Deps, "vault">,
  { workspaceId, contactIds }: People,
): Promise<ReadonlyMap<string, string>> {
  const versions = await linkVersions(tx, { workspaceId, contactIds });
  return new Map(
    contactIds.map((contactId) => {
      const version = versions.get(contactId) ?? 1;
      return [contactId, preferenceToken(deps, { workspaceId, contactId, version })];
    }),
  );
}

/** Where the preference pages of this installation stand; a token makes it the address of a person's. */
export function ownPreferencePage({ env }: Pick<Deps, "env">): string {
  return preferencePageOf(publicUrl(env));
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
    const { workspaceId } = person;
    const token = (await currentPreferenceTokens(tx, ctx, { workspaceId, contactIds: [contactId] })).get(contactId);
    if (token === undefined) throw new Error("A person got no token for their preference page.");
    return { ok: true, token, url: `${ownPreferencePage(ctx)}${token}` };
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
