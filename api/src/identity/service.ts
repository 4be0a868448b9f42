import type { AddMemberInput, SetUpWorkspaceInput } from "@aparte/core/inputs.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { isRole, type Role } from "@aparte/core/roles.ts";
import { hashPassword } from "better-auth/crypto";
import { asc, eq, sql } from "drizzle-orm";
import { createHash, timingSafeEqual } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Deps } from "../platform/context.ts";
import type { Database, Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { workspaces } from "../workspaces/tables.ts";
import { createWorkspace, isSetUp } from "../workspaces/service.ts";
import { accounts, members, users } from "./tables.ts";

/** The token that lets the first person in: printed where the server was started, derived from the master key. */
export function setupToken({ vault }: Pick<Deps, "vault">): string {
  return vault.derive("setup").slice(0, 24);
}

/** Makes the first workspace and its admin. Works once per server; a lock makes two attempts at once queue. */
export async function setUp(deps: Deps, input: SetUpWorkspaceInput): Promise<Outcome<{ workspaceId: string }>> {
  if (!sameSecret(input.setupToken, setupToken(deps))) return refused("identity.setup_token_wrong");
  const password = await hashPassword(input.password);
  return deps.database.system.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('aparte.setup'))`);
    if (await isSetUp({ system: tx })) return refused("identity.already_set_up");
    const workspaceId = uuidv7();
    const userId = await createUser(tx, { name: input.name, email: input.email, password }, deps.now());
    await createWorkspace(tx, workspaceId, input.workspaceName, userId);
    await joinWorkspace(tx, { workspaceId, userId, role: "admin", actor: userId });
    return { ok: true, workspaceId };
  });
}

/** Adds a person to the admin's workspace. An address that is taken is refused, whoever has it. */
export async function addMember(ctx: MemberContext, input: AddMemberInput): Promise<Outcome<{ userId: string }>> {
  const password = await hashPassword(input.password);
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.system.transaction(async (tx) => {
    const email = input.email.toLowerCase();
    const [taken] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (taken) return refused("identity.email_taken");
    const userId = await createUser(tx, { name: input.name, email, password }, ctx.now());
    await joinWorkspace(tx, { workspaceId, userId, role: input.role, actor });
    return { ok: true, userId };
  });
}

export type MemberView = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
};

export async function listMembers({ database, actor }: MemberContext): Promise<MemberView[]> {
  const found = await database.system
    .select({ userId: users.id, name: users.name, email: users.email, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, actor.workspaceId))
    .orderBy(asc(users.name));
  return found.flatMap((row) => (isRole(row.role) ? [{ ...row, role: row.role }] : []));
}

/** A colleague by their id, whatever workspace they are of now; null when there is no such person. */
export async function findColleague(
  { system }: Pick<Database, "system">,
  userId: string,
): Promise<Pick<MemberView, "name" | "email"> | null> {
  const [found] = await system.select({ name: users.name, email: users.email }).from(users).where(eq(users.id, userId));
  return found ?? null;
}

export async function workspaceName({ database, actor }: MemberContext): Promise<string> {
  const [row] = await database.inWorkspace(actor.workspaceId, (tx) =>
    tx.select({ name: workspaces.name }).from(workspaces),
  );
  return row?.name ?? "";
}

type NewUser = { readonly name: string; readonly email: string; readonly password: string };

async function createUser(tx: Tx, { name, email, password }: NewUser, now: Date): Promise<string> {
  const id = uuidv7();
  const times = { createdAt: now, updatedAt: now };
  await tx.insert(users).values({ id, name, email: email.toLowerCase(), emailVerified: true, ...times });
  await tx
    .insert(accounts)
    .values({ id: uuidv7(), accountId: id, providerId: "credential", userId: id, password, ...times });
  return id;
}

type NewMember = { readonly workspaceId: string; readonly userId: string; readonly role: Role; readonly actor: string };

async function joinWorkspace(tx: Tx, { workspaceId, userId, role, actor }: NewMember): Promise<void> {
  await tx.insert(members).values({ workspaceId, userId, role });
  await emit(tx, [{ name: "member.added", workspaceId, actor, payload: { userId, role } }]);
}

function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
