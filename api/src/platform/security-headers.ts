import type { FastifyInstance, FastifyReply } from "fastify";

const contentPolicy = [
  "default-src 'self'",
  // `blob:` shows a chosen file before it is uploaded; only pages of this origin make such addresses.
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const extensionOrigin = /^(chrome|moz)-extension:\/\/[a-z0-9-]{8,64}$/i;

/**
 * Headers on every answer, and cross-origin access for browser extensions alone. Extensions send a token, never the
 * cookie, so credentials stay forbidden and a web page of another origin gets nothing.
 */
export function registerSecurityHeaders(http: FastifyInstance): void {
  http.addHook("onRequest", async (request, reply) => {
    const isData = /^\/(trpc|api|media)\//.test(request.url);
    setHeaders(reply, {
      "content-security-policy": contentPolicy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      ...(isData ? { "cache-control": "no-store", vary: "origin" } : {}),
    });
    const { origin } = request.headers;
    if (!origin || !extensionOrigin.test(origin)) return;
    setHeaders(reply, {
      "access-control-allow-origin": origin,
      "access-control-allow-headers": "authorization, content-type, x-workspace-id, trpc-accept, last-event-id",
      "access-control-allow-methods": "GET, POST, PUT",
      "access-control-expose-headers": "set-auth-token",
      "access-control-max-age": "600",
    });
    if (request.method === "OPTIONS") await reply.status(204).send();
  });
}

/** On the raw answer as well: streams are written past the framework. */
function setHeaders(reply: FastifyReply, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    void reply.header(name, value);
    reply.raw.setHeader(name, value);
  }
}
