import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { bearer, deviceAuthorization, jwt } from "better-auth/plugins";
import type { JSONWebKeySet } from "jose";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import { accounts, deviceCodes, keys, rateLimits, sessions, users, verifications } from "./tables.ts";

export const extensionClientId = "aparte-extension";
export const tokenAudience = "aparte";

export type Auth = {
  /** Answers everything below `/api/auth`. */
  handle(request: Request): Promise<Response>;
  /** The public keys that short tokens are verified with. */
  publicKeys(): Promise<JSONWebKeySet>;
  /** The id of the person whose session is in a browser's cookies; null for nobody. */
  signedIn(cookie: string): Promise<string | null>;
};

/**
 * Sign-in by e-mail and password, sessions, the device flow of the extension (RFC 8628) and short tokens (JWT, five
 * minutes) that calls carry. Nobody can sign up by themselves: people are added by an admin, the first one at set-up.
 * Passwords: 15 characters or more while they are the only factor (NIST SP 800-63B-4).
 */
export function createAuth({ env, database, vault }: Deps): Auth {
  const origin = publicUrl(env);
  const auth = betterAuth({
    appName: "Aparté",
    baseURL: origin,
    basePath: "/api/auth",
    secret: vault.derive("sessions"),
    trustedOrigins: [origin, "chrome-extension://*", "moz-extension://*"],
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: drizzleAdapter(database.system, {
      provider: "pg",
      schema: {
        user: users,
        session: sessions,
        account: accounts,
        verification: verifications,
        jwks: keys,
        deviceCode: deviceCodes,
        rateLimit: rateLimits,
      },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 15, maxPasswordLength: 128 },
    session: { expiresIn: 30 * 86_400, updateAge: 86_400 },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 600,
      // Counted per address, and a whole office has one: the first morning with the extension must fit. The plugin's own
      // rule for `/device` is 5 in ten minutes.
      customRules: {
        "/sign-in/email": { window: 60, max: 20 },
        "/device": { window: 60, max: 120 },
        "/device/token": { window: 60, max: 1200 },
      },
    },
    advanced: { useSecureCookies: origin.startsWith("https:"), cookiePrefix: "aparte" },
    plugins: [
      bearer(),
      jwt({
        jwt: { issuer: origin, audience: tokenAudience, expirationTime: "5m", definePayload: () => ({}) },
        jwks: { keyPairConfig: { alg: "EdDSA", crv: "Ed25519" } },
      }),
      deviceAuthorization({
        verificationUri: `${origin}/connect`,
        expiresIn: "10m",
        interval: "1s",
        validateClient: (clientId) => clientId === extensionClientId,
      }),
    ],
  });
  return {
    handle: (request) => auth.handler(request),
    publicKeys: () => auth.api.getJwks(),
    signedIn: async (cookie) => (await auth.api.getSession({ headers: new Headers({ cookie }) }))?.user.id ?? null,
  };
}
