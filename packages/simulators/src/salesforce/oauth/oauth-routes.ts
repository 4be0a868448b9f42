import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { consentPage, CONSENT_POLICY, refusedConsentPage } from "../../platform/consent-page.ts";
import { DEMO_ADMIN_ID } from "../demo/demo-ids.ts";
import { APP_NAME, CLIENT_ID, CLIENT_SECRET, ORG_NAME } from "../identity.ts";
import type { Org } from "../org.ts";
import { Authorizations, requireClient } from "./authorizations.ts";
import type { IssuedTokens, TokenForm } from "./authorizations.ts";
import { readConsentRequest, redirectWith } from "./consent-request.ts";
import type { ConsentReading, ConsentRequest } from "./consent-request.ts";
import { OAuthError } from "./oauth-error.ts";
import { SCOPES } from "./scopes.ts";
import { describeForOpenId, describeIdentity, identityUrl } from "./who.ts";

const formSchema = z.record(z.string(), z.string());

/** Mounts `/services/oauth2/…` and the identity URLs. */
export async function mountOAuth(app: FastifyInstance, org: Org): Promise<void> {
  const authorizations = new Authorizations(org);
  await app.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof OAuthError)) throw error;
      return reply.code(error.status).header("cache-control", "no-store").send(error.body());
    });
    mountConsent(scope, org, authorizations);
    mountTokens(scope, org, authorizations);
    mountWho(scope, org);
  });
}

/** The page is shown as to the administrator, who is signed in. */
function mountConsent(app: FastifyInstance, org: Org, authorizations: Authorizations): void {
  const path = "/services/oauth2/authorize";
  const read = (given: unknown) => readConsentRequest(given, org.behaviour.redirect_uris);
  const approve = (request: ConsentRequest) => ({ code: authorizations.issueCode(request, DEMO_ADMIN_ID) });

  app.get(path, (request, reply) => {
    const asked = read(request.query);
    void reply.type("text/html; charset=utf-8").header("content-security-policy", CONSENT_POLICY);
    if (asked.outcome === "page") return reply.code(400).send(refusedConsentPage(asked.reason));
    if (asked.outcome === "redirect") return reply.redirect(redirectWith(asked.to, refusalOf(asked)));
    if (org.behaviour.auto_approve) return reply.redirect(redirectWith(asked.to, approve(asked.request)));
    return reply.send(allowAccessPage(asked.request.scopes, formSchema.parse(request.query)));
  });
  app.post(path, (request, reply) => {
    const form = formSchema.parse(request.body);
    const asked = read(form);
    if (asked.outcome === "page") {
      return reply.code(400).type("text/html; charset=utf-8").send(refusedConsentPage(asked.reason));
    }
    if (asked.outcome === "redirect") return reply.redirect(redirectWith(asked.to, refusalOf(asked)), 303);
    const denied = { error: "access_denied", error_description: "end-user denied authorization" };
    const outcome = form["decision"] === "approve" ? approve(asked.request) : denied;
    return reply.redirect(redirectWith(asked.to, outcome), 303);
  });
}

function refusalOf(asked: Extract<ConsentReading, { outcome: "redirect" }>): Record<string, string> {
  return { error: asked.error, error_description: asked.description };
}

function allowAccessPage(scopes: readonly string[], query: Readonly<Record<string, string>>): string {
  return consentPage({
    title: "Allow Access?",
    heading: "Allow Access?",
    intro: `${APP_NAME} is asking for access to ${ORG_NAME}:`,
    asked: scopes.map((scope) => ({ label: SCOPES[scope] ?? scope, scope })),
    query,
    approve: "Allow",
    cancel: "Deny",
  });
}

function mountTokens(app: FastifyInstance, org: Org, authorizations: Authorizations): void {
  app.post("/services/oauth2/token", (request, reply) => {
    const form = readForm(request);
    const issued = authorizations.exchange(form);
    org.ledger.record(`oauth.${form["grant_type"]}`, { method: request.method, path: request.url });
    return reply.header("cache-control", "no-store").send(describeTokens(org, issued));
  });

  const revoke = (token: string, request: FastifyRequest) => {
    authorizations.revoke(token);
    org.ledger.record("oauth.revoke", { method: request.method, path: "/services/oauth2/revoke" });
  };
  app.post("/services/oauth2/revoke", (request, reply) => {
    revoke(readForm(request)["token"] ?? "", request);
    return reply.code(200).send();
  });
  app.get("/services/oauth2/revoke", (request, reply) => {
    revoke(formSchema.parse(request.query)["token"] ?? "", request);
    return reply.code(200).send();
  });

  app.post("/services/oauth2/introspect", (request) => {
    const form = readForm(request);
    requireClient(form);
    const facts = org.tokens.inForce(form["token"] ?? "");
    if (facts === undefined) return { active: false };
    const user = org.records.live(org.schema.object("User"), facts.userId);
    return {
      active: true,
      scope: facts.scopes.join(" "),
      client_id: CLIENT_ID,
      username: user?.values["Username"],
      sub: identityUrl(org, facts.userId),
      token_type: facts.use,
      ...(facts.expiresAt === null ? {} : { exp: Math.floor(facts.expiresAt / 1000) }),
    };
  });
}

/** There is no `expires_in`: how long a session lasts is the org's setting. */
function describeTokens(org: Org, { accessToken, refreshToken, userId, scopes }: IssuedTokens): Record<string, string> {
  const id = identityUrl(org, userId);
  const issuedAt = String(org.clock.now());
  return {
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    signature: createHmac("sha256", CLIENT_SECRET)
      .update(id + issuedAt)
      .digest("base64"),
    scope: scopes.join(" "),
    instance_url: org.instanceUrl,
    id,
    token_type: "Bearer",
    issued_at: issuedAt,
  };
}

/** The form of a request; the client's id and secret may stand in an `Authorization: Basic` header instead. */
function readForm(request: FastifyRequest): TokenForm {
  const form = formSchema.safeParse(request.body ?? {});
  if (!form.success) throw new OAuthError("invalid_request", "a form is expected");
  const basic = /^Basic (\S+)$/iu.exec(request.headers.authorization ?? "")?.[1];
  if (basic === undefined) return form.data;
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":", 2);
  return { client_id: id, client_secret: secret, ...form.data };
}

function mountWho(app: FastifyInstance, org: Org): void {
  const asking = (request: FastifyRequest) => {
    const header = /^(?:Bearer|OAuth) (\S+)$/iu.exec(request.headers.authorization ?? "")?.[1];
    const token = header ?? z.object({ oauth_token: z.string() }).safeParse(request.query).data?.oauth_token;
    return token === undefined ? undefined : org.tokens.inForce(token);
  };
  for (const method of ["GET", "POST"] as const) {
    app.route({
      method,
      url: "/services/oauth2/userinfo",
      handler: (request, reply) => {
        const facts = asking(request);
        if (facts?.use !== "access_token") return reply.code(403).type("text/html").send("Bad_OAuth_Token");
        return reply.send(describeForOpenId(org, facts.userId));
      },
    });
  }
  app.get<{ Params: { org: string; user: string } }>("/id/:org/:user", (request, reply) => {
    const facts = asking(request);
    if (facts?.use !== "access_token") return reply.code(403).type("text/html").send("Bad_OAuth_Token");
    const described =
      identityUrl(org, request.params.user) === org.instanceUrl + request.url.split("?")[0]
        ? describeIdentity(org, request.params.user)
        : undefined;
    return described === undefined ? reply.code(404).type("text/html").send("Bad_Id") : reply.send(described);
  });
}
