import { verify } from "node:crypto";
import { z } from "zod";
import { CLIENT_ID } from "../identity.ts";
import type { Org } from "../org.ts";
import { invalidGrant } from "./oauth-error.ts";

const LOGIN_HOSTS: readonly string[] = ["https://login.salesforce.com", "https://test.salesforce.com"];
/** Salesforce wants `exp` within this time. */
const LONGEST_MS = 5 * 60_000;

const headerSchema = z.object({ alg: z.literal("RS256") });
const claimsSchema = z.object({ iss: z.literal(CLIENT_ID), sub: z.string(), aud: z.string(), exp: z.number() });

/**
 * The user whom a signed assertion (RFC 7523) names: RS256 by the certificate that the app has registered, `iss` the
 * client id, `aud` the login host, `exp` within five minutes. Refuses (invalid_grant) any other.
 */
export function userOfAssertion(org: Org, assertion: string): string {
  const [header = "", claims = "", signature = "", ...rest] = assertion.split(".");
  const key = org.behaviour.jwt_public_key;
  const isRs256 = rest.length === 0 && headerSchema.safeParse(decode(header)).success;
  const signed = Buffer.from(`${header}.${claims}`);
  if (key === null || !isRs256 || !verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))) {
    throw invalidGrant("invalid assertion");
  }
  const read = claimsSchema.safeParse(decode(claims));
  if (!read.success) throw invalidGrant("invalid assertion");
  const { sub, aud, exp } = read.data;
  if (![...LOGIN_HOSTS, org.instanceUrl].includes(aud)) throw invalidGrant("audience is invalid");
  const left = exp * 1000 - org.clock.now();
  if (left <= 0 || left > LONGEST_MS) throw invalidGrant("expired authorization code");
  const [user] = org.records.withValue(org.schema.object("User"), "Username", sub);
  if (user === undefined) throw invalidGrant("user hasn't approved this consumer");
  return user.id;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
