import { isRole } from "@aparte/core/roles.ts";
import { and, asc, eq } from "drizzle-orm";
import { createLocalJWKSet, errors, jwtVerify } from "jose";
import type { Actor, Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import { tokenAudience, type Auth } from "./auth.ts";
import { members, users } from "./tables.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export type Authenticate = (authorization: string | undefined, workspaceId: string | null) => Promise<Actor | null>;

/**
 * Tells who is calling from `Authorization: Bearer <JWT>`. The token only says who; the role is read from the
 * membership at each call, so taking a role away works at once. The keys are fetched once and again for an unknown key.
 *
 * @returns null for a missing, wrong or expired token and for people who are no members (of that workspace).
 */
export function createAuthenticate({ env, database }: Deps, auth: Auth): Authenticate {
  const issuer = publicUrl(env);
  let keySet: ReturnType<typeof createLocalJWKSet> | null = null;
  const loadKeys = async () => createLocalJWKSet(await auth.publicKeys());

  const verify = async (token: string, retry: boolean): Promise<string | null> => {
    keySet ??= await loadKeys();
    try {
      const { payload } = await jwtVerify(token, keySet, { issuer, audience: tokenAudience, algorithms: ["EdDSA"] });
      return payload.sub ?? null;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && retry) {
        keySet = await loadKeys();
        return verify(token, false);
      }
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };

  const membership = database.system
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      workspaceId: members.workspaceId,
      role: members.role,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId));

  return async (authorization, workspaceId) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? "")?.[1];
    const userId = token ? await verify(token, true) : null;
    if (!userId || (workspaceId !== null && !uuid.test(workspaceId))) return null;
    const mine = eq(members.userId, userId);
    const [row] = await membership
      .where(workspaceId === null ? mine : and(mine, eq(members.workspaceId, workspaceId)))
      .orderBy(asc(members.createdAt))
      .limit(1);
    return row && isRole(row.role) ? { ...row, role: row.role } : null;
  };
}
