import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { CONSENT_POLICY, refusedConsentPage } from "../platform/consent-page.ts";
import { HubSpotError } from "./api-error.ts";
import { ACCESS_TOKEN_SECONDS, requireClient } from "./authorizations.ts";
import type { Authorizations } from "./authorizations.ts";
import { portalConsentPage } from "./consent-page.ts";
import { readConsentRequest, redirectWith } from "./consent-request.ts";
import type { ConsentRequest } from "./consent-request.ts";
import { APP_ID, CLIENT_ID, HUB_DOMAIN, PORTAL_ID, USER_EMAIL, USER_ID } from "./identity.ts";
import type { Portal } from "./portal.ts";
import type { TokenFacts } from "./signed-token.ts";

/** HubSpot ends version 1 of its OAuth endpoints on this day (developer changelog, September 2026). */
const V1_ENDS = Date.UTC(2027, 1, 16);

const formSchema = z.record(z.string(), z.string());

/** Mounts the consent page, which the real service has on its web application, and the token endpoints. */
export function mountOAuth(app: FastifyInstance, portal: Portal, authorizations: Authorizations): void {
  mountConsent(app, portal, authorizations);
  mountTokens(app, portal, authorizations);
  mountFirstVersion(app, portal, authorizations);
}

function mountConsent(app: FastifyInstance, portal: Portal, authorizations: Authorizations): void {
  const approve = ({ redirectUri, scopes, codeChallenge }: ConsentRequest) =>
    authorizations.issueCode({ redirectUri, scopes, codeChallenge });

  for (const path of ["/oauth/authorize", `/oauth/${PORTAL_ID}/authorize`]) {
    app.get(path, (request, reply) => {
      const asked = readConsentRequest(request.query, portal.behaviour.redirect_uris);
      void reply.type("text/html; charset=utf-8").header("content-security-policy", CONSENT_POLICY);
      if (!asked.ok) return reply.code(400).send(refusedConsentPage(asked.reason));
      if (portal.behaviour.auto_approve) {
        return reply.redirect(redirectWith(asked.request, { code: approve(asked.request) }));
      }
      return reply.send(portalConsentPage(asked.request.scopes, formSchema.parse(request.query)));
    });
    app.post(path, (request, reply) => {
      const form = readForm(request);
      const asked = readConsentRequest(form, portal.behaviour.redirect_uris);
      if (!asked.ok) return reply.code(400).type("text/html; charset=utf-8").send(refusedConsentPage(asked.reason));
      const outcome: Record<string, string> =
        form["decision"] === "approve"
          ? { code: approve(asked.request) }
          : { error: "access_denied", error_description: "The user denied the request" };
      return reply.redirect(redirectWith(asked.request, outcome), 303);
    });
  }
}

/** What version 1 has in the place of introspection and revocation, until it ends. */
function mountFirstVersion(app: FastifyInstance, portal: Portal, authorizations: Authorizations): void {
  const describe = (token: string, use: TokenFacts["use"]) => {
    requireVersion("v1", portal.clock.now());
    const facts = authorizations.inForce(token);
    if (facts?.use !== use) throw new HubSpotError(404, "token not found", { category: "OBJECT_NOT_FOUND" });
    const person = { hub_id: PORTAL_ID, hub_domain: HUB_DOMAIN, user: USER_EMAIL, user_id: USER_ID };
    return { token, token_type: use === "access_token" ? "access" : "refresh", ...person, scopes: facts.scopes, facts };
  };
  app.get<{ Params: { token: string } }>("/oauth/v1/access-tokens/:token", (request) => {
    const { facts, ...told } = describe(request.params.token, "access_token");
    const left = Math.floor(((facts.expiresAt ?? 0) - portal.clock.now()) / 1000);
    return { ...told, app_id: APP_ID, expires_in: left };
  });
  app.get<{ Params: { token: string } }>("/oauth/v1/refresh-tokens/:token", (request) => {
    const { facts: _, ...told } = describe(request.params.token, "refresh_token");
    return { ...told, client_id: CLIENT_ID };
  });
  app.delete<{ Params: { token: string } }>("/oauth/v1/refresh-tokens/:token", (request, reply) => {
    describe(request.params.token, "refresh_token");
    authorizations.revoke(request.params.token);
    portal.ledger.record("oauth.revoke", { method: request.method, path: "/oauth/v1/refresh-tokens" });
    return reply.code(204).send();
  });
}

function mountTokens(app: FastifyInstance, portal: Portal, authorizations: Authorizations): void {
  app.post<{ Params: { version: string } }>("/oauth/:version/token", (request) => {
    requireVersion(request.params.version, portal.clock.now());
    const form = readForm(request);
    const { accessToken, refreshToken, scopes } = authorizations.exchange(form);
    portal.ledger.record(`oauth.${form["grant_type"]}`, { method: request.method, path: request.url });
    const tokens = { access_token: accessToken, refresh_token: refreshToken, expires_in: ACCESS_TOKEN_SECONDS };
    if (request.params.version === "v1") return { token_type: "bearer", ...tokens };
    return { token_type: "bearer", token_use: "access_token", ...tokens, hub_id: PORTAL_ID, user_id: USER_ID, scopes };
  });

  app.post<{ Params: { version: string } }>("/oauth/:version/token/introspect", (request) => {
    requireDatedVersion(request.params.version);
    const form = readForm(request);
    requireClient(form);
    const facts = authorizations.inForce(form["token"] ?? "");
    if (facts === undefined) return { active: false };
    return {
      active: true,
      token_use: facts.use,
      token_type: "bearer",
      client_id: CLIENT_ID,
      app_id: APP_ID,
      hub_id: PORTAL_ID,
      hub_domain: HUB_DOMAIN,
      user: USER_EMAIL,
      user_id: USER_ID,
      scopes: facts.scopes,
      is_private_distribution: false,
      ...(facts.expiresAt === null ? {} : { expires_in: Math.floor((facts.expiresAt - portal.clock.now()) / 1000) }),
    };
  });

  app.post<{ Params: { version: string } }>("/oauth/:version/token/revoke", (request, reply) => {
    requireDatedVersion(request.params.version);
    const form = readForm(request);
    requireClient(form);
    authorizations.revoke(form["token"] ?? "");
    portal.ledger.record("oauth.revoke", { method: request.method, path: request.url });
    return reply.code(204).send();
  });
}

/** The fields of a form; anything else than a form is refused (415), and nothing at all is a form without fields. */
function readForm({ headers, body }: FastifyRequest): Record<string, string> {
  const type = headers["content-type"];
  if (type !== undefined && !type.startsWith("application/x-www-form-urlencoded")) {
    throw new HubSpotError(415, "Unsupported Media Type");
  }
  return formSchema.parse(body ?? {});
}

function requireVersion(version: string, now: number): void {
  const isV1 = version === "v1" && now < V1_ENDS;
  if (!isV1) requireDatedVersion(version);
}

function requireDatedVersion(version: string): void {
  if (!["2026-09", "2026-03", "v3"].includes(version)) throw new HubSpotError(404, "resource not found");
}
