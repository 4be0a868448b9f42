import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** The headers of the consent page that matter to a browser. */
const PASSED_ON = ["content-type", "content-security-policy", "location"];

/** Shows the HubSpot simulator's consent page at the address where people meet the real one. */
export function mountConsentProxy(app: FastifyInstance, hubspotUrl: string): void {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
  const pass = async (request: FastifyRequest, reply: FastifyReply) => {
    const response = await fetch(hubspotUrl + request.url, {
      method: request.method,
      redirect: "manual",
      ...(typeof request.body === "string"
        ? { body: request.body, headers: { "content-type": "application/x-www-form-urlencoded" } }
        : {}),
    });
    for (const name of PASSED_ON) {
      const value = response.headers.get(name);
      if (value !== null) void reply.header(name, value);
    }
    return reply.code(response.status).send(await response.text());
  };
  for (const url of ["/oauth/authorize", "/oauth/:portalId/authorize"])
    app.route({ method: ["GET", "POST"], url, handler: pass });
}
