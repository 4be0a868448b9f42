import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Auth } from "../identity/auth.ts";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import { finishConnection } from "./connect.ts";

/** What a CRM adds to our address: a code, or an error when a person said no (RFC 6749, 4.1.2). */
const returned = z.object({ state: z.string().max(200).catch(""), code: z.string().max(2000).catch("") });

/** Where the browser comes back to from a CRM's consent page. It always goes on to the console, which says how it went. */
export function registerCrmCallback(http: FastifyInstance, deps: Deps, auth: Auth): void {
  http.get<{ Params: { crm: string } }>("/oauth/:crm/callback", async (request, reply) => {
    const { state, code } = returned.parse(request.query);
    const userId = await auth.signedIn(request.headers.cookie ?? "");
    const result = await finishConnection(deps, { crm: request.params.crm, state, code, userId });
    const outcome = result.ok ? "crm=connected" : `crm=failed&reason=${result.refused}`;
    return reply.redirect(`${publicUrl(deps.env)}/?${outcome}`);
  });
}
