import { z } from "zod";
import { isRedirectUri } from "../../platform/consent-page.ts";
import { CLIENT_ID } from "../identity.ts";
import { SCOPES } from "./scopes.ts";

/** What an app asks for on the consent page. */
export type ConsentRequest = {
  redirectUri: string;
  scopes: readonly string[];
  codeChallenge: string;
};

/** Where the answer goes, once that is known to be the app's. */
export type ReturnAddress = { redirectUri: string; state: string | undefined };

/**
 * `page`: nobody knows whose the redirect URI is, so a person is told; `redirect`: the app is told (RFC 6749, 4.1.2.1).
 */
export type ConsentReading =
  | { outcome: "page"; reason: string }
  | { outcome: "redirect"; to: ReturnAddress; error: string; description: string }
  | { outcome: "ask"; to: ReturnAddress; request: ConsentRequest };

const S256_CHALLENGE = /^[\w-]{43}$/u;

const querySchema = z.object({
  response_type: z.string().default(""),
  client_id: z.string().default(""),
  redirect_uri: z.string().default(""),
  scope: z.string().default(""),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  /** Salesforce knows one method and takes a challenge without it. */
  code_challenge_method: z.string().default("S256"),
});

/** Reads an authorization request. The app is one that has to send a code challenge (PKCE). */
export function readConsentRequest(query: unknown, registeredUris: readonly string[] | null): ConsentReading {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return { outcome: "page", reason: "A parameter of this request is given more than once." };
  const asked = parsed.data;
  const isRegistered = isRedirectUri(asked.redirect_uri, registeredUris);
  if (asked.client_id !== CLIENT_ID) {
    return { outcome: "page", reason: "error=invalid_client_id&error_description=client identifier invalid" };
  }
  if (!isRegistered) {
    return {
      outcome: "page",
      reason: "error=redirect_uri_mismatch&error_description=redirect_uri must match configuration",
    };
  }

  const to = { redirectUri: asked.redirect_uri, state: asked.state };
  const refuse = (error: string, description: string) => ({ outcome: "redirect" as const, to, error, description });
  const named = asked.scope.split(/\s+/u).filter((word) => word !== "");
  const scopes = named.length === 0 ? Object.keys(SCOPES) : [...new Set(named)];
  if (asked.response_type !== "code") return refuse("unsupported_response_type", "response type not supported");
  if (!scopes.every((scope) => Object.hasOwn(SCOPES, scope))) {
    return refuse("invalid_scope", "the requested scope is not allowed");
  }
  if (asked.code_challenge === undefined) return refuse("invalid_request", "missing required code challenge");
  if (asked.code_challenge_method !== "S256" || !S256_CHALLENGE.test(asked.code_challenge)) {
    return refuse("invalid_request", "invalid code challenge");
  }
  const request = { redirectUri: asked.redirect_uri, scopes, codeChallenge: asked.code_challenge };
  return { outcome: "ask", to, request };
}

/** The redirect URI with the outcome in its query. */
export function redirectWith({ redirectUri, state }: ReturnAddress, outcome: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set("state", state);
  return url.href;
}
