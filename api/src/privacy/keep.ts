import type { KeepingInput } from "@aparte/core/privacy.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { closeFence } from "../consent/fence.ts";
import { setKeeping } from "../contacts/restrict.ts";
import { holdContact } from "../contacts/service.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { noteAct } from "./acts.ts";

const acts = {
  restriction: { set: "restricted", lift: "lifted" },
  hold: { set: "held", lift: "released" },
} as const;

/**
 * Restricts the processing of a person (GDPR Art. 18) or holds their data for a legal claim, or lifts that. A restriction is a
 * fence: when this returns, nothing to them is under way, and nothing leaves until it is lifted. What stands already is no news.
 */
export function keepPerson(
  ctx: MemberContext,
  { contactId, keeping, on, reason }: KeepingInput,
): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const person = { workspaceId, contactId };
    if (!(await holdContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
    if (on && keeping === "restriction") await closeFence(tx, [person]);
    const at = ctx.now();
    const isNews = await setKeeping(tx, person, { keeping, reason: on ? reason : null, at });
    if (!isNews) return { ok: true };
    await noteAct(tx, { ...person, kind: acts[keeping][on ? "set" : "lift"], actor, reason, at });
    await emit(tx, [{ name: "contact.kept", workspaceId, actor, payload: { contactId, keeping, on } }]);
    return { ok: true };
  });
}
