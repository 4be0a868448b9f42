import type { ReadKind } from "@aparte/core/privacy.ts";
import { roleAllows, type Role } from "@aparte/core/roles.ts";
import { initTRPC, TRPCError } from "@trpc/server";
import type { Actor, Context } from "./context.ts";

/**
 * What every procedure declares: the weakest role that may call it ("public" needs no sign-in), the name under which a change is
 * found in the audit trail (null for what changes nothing), and, where the answer tells of people, what is noted of who read it.
 */
export type Meta = { readonly role: Role | "public"; readonly audit: string | null; readonly reads?: ReadKind };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    defaultMeta: { role: "admin", audit: null },
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      // Stack traces and causes stay in the log; callers get the code and, for bad input, the fields.
      message: error.code === "INTERNAL_SERVER_ERROR" ? "Something went wrong on our side. Try again." : shape.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path ?? null },
    }),
  });

export const router = t.router;

/** Open to anyone. Say so in the meta: `meta({ role: "public", audit })`. */
export const publicProcedure = t.procedure;

/** For members: refuses without sign-in and below the role that the procedure's meta names (default: admin). */
export const procedure = t.procedure.use(async ({ ctx, meta, next, getRawInput }) => {
  const { actor } = ctx;
  if (!actor) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  const needed = meta?.role ?? "admin";
  if (needed !== "public" && !roleAllows(actor.role, needed)) {
    throw new TRPCError({ code: "FORBIDDEN", message: `This needs the role ${needed}.` });
  }
  const result = await next({ ctx: { ...ctx, actor } satisfies Context & { actor: Actor } });
  if (meta?.reads && result.ok && !isRefusal(result.data)) {
    const { workspaceId, userId } = actor;
    ctx.reads.note({ workspaceId, actor: userId, what: meta.reads, seen: [await getRawInput(), result.data] });
  }
  return result;
});

/** A refusal shows nothing of anybody. */
function isRefusal(data: unknown): boolean {
  return typeof data === "object" && data !== null && "ok" in data && data.ok === false;
}

/** The context inside a `procedure`. */
export type MemberContext = Context & { readonly actor: Actor };
