import { z } from "zod";
import { isRedirectUri } from "../platform/consent-page.ts";
import { CLIENT_ID } from "./identity.ts";
import { unknownScopes } from "./scopes.ts";

/** What an app asks for on the consent page. */
export type ConsentRequest = {
  redirectUri: string;
  scopes: readonly string[];
  state: string | undefined;
  codeChallenge: string | undefined;
};

const S256_CHALLENGE = /^[\w-]{43}$/u;

const querySchema = z.object({
  client_id: z.string().default(""),
  redirect_uri: z.string().default(""),
  scope: z.string().default(""),
  optional_scope: z.string().default(""),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});

/**
 * Reads the parameters of an authorization request, or says in a sentence why the page cannot be shown. Nothing is sent
 * back to the redirect URI then: until it has been checked, nobody knows whose it is.
 */
export function readConsentRequest(
  query: unknown,
  registeredUris: readonly string[] | null,
): { ok: true; request: ConsentRequest } | { ok: false; reason: string } {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return { ok: false, reason: "A parameter of this request is given more than once." };
  const asked = parsed.data;
  const scopes = words(asked.scope);
  const strangers = unknownScopes([...scopes, ...words(asked.optional_scope)]);
  const isRegistered = isRedirectUri(asked.redirect_uri, registeredUris);
  const refuse = (reason: string) => ({ ok: false as const, reason });

  if (asked.client_id !== CLIENT_ID) return refuse("There is no app with this client ID.");
  if (!isRegistered) return refuse("The redirect URL is not registered for this app.");
  if (scopes.length === 0) return refuse("The request names no scopes.");
  if (strangers.length > 0) return refuse(`These scopes do not exist: ${strangers.join(", ")}.`);
  if (asked.code_challenge !== undefined) {
    const isS256 = asked.code_challenge_method === "S256" && S256_CHALLENGE.test(asked.code_challenge);
    if (!isS256) return refuse("The code challenge is not an S256 challenge.");
  }
  return {
    ok: true,
    request: {
      redirectUri: asked.redirect_uri,
      scopes: [...new Set([...scopes, ...words(asked.optional_scope)])],
      state: asked.state,
      codeChallenge: asked.code_challenge,
    },
  };
}

/** The redirect URI with the outcome in its query. */
export function redirectWith(request: ConsentRequest, outcome: Readonly<Record<string, string>>): string {
  const url = new URL(request.redirectUri);
  const state = request.state === undefined ? {} : { state: request.state };
  for (const [name, value] of Object.entries({ ...outcome, ...state })) url.searchParams.set(name, value);
  return url.href;
}

function words(list: string): string[] {
  return list.split(/\s+/u).filter((word) => word !== "");
}
