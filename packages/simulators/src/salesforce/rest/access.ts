import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { TokenFacts } from "../tokens.ts";

/**
 * The session behind an `Authorization` header. Refuses (401) when there is none in force, and (403) one
 * without `api`, and any where the API is switched off.
 */
export function admit(org: Org, authorization: string | undefined): TokenFacts {
  const token = /^(?:Bearer|OAuth) (\S+)$/iu.exec(authorization ?? "")?.[1];
  const facts = token === undefined ? undefined : org.tokens.inForce(token);
  if (facts?.use !== "access_token") {
    throw new SalesforceError(401, "INVALID_SESSION_ID", "Session expired or invalid");
  }
  if (!org.behaviour.api_enabled) {
    throw new SalesforceError(403, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner");
  }
  if (!facts.scopes.some((scope) => scope === "api" || scope === "full")) {
    throw new SalesforceError(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API");
  }
  return facts;
}
