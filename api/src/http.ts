import fastifyStatic from "@fastify/static";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { registerConsentExports } from "./consent/export-http.ts";
import { registerImports } from "./consent/import-http.ts";
import { registerPreferencePage } from "./consent/preference-http.ts";
import { registerCrmCallback } from "./crm/http.ts";
import { registerCrmWebhooks } from "./crm/webhook.ts";
import { createAuthenticate, type Authenticate } from "./identity/authenticate.ts";
import { createAuth, type Auth } from "./identity/auth.ts";
import { registerMedia } from "./media/http.ts";
import { registerWhatsAppWebhook } from "./messaging/intake.ts";
import { registerBodyTimeout } from "./platform/body-timeout.ts";
import type { Context, Deps } from "./platform/context.ts";
import { createIntake } from "./platform/deliveries.ts";
import { publicUrl } from "./platform/env.ts";
import { registerHealth } from "./platform/health.ts";
import { registerSecurityHeaders } from "./platform/security-headers.ts";
import { registerCopies } from "./privacy/export-http.ts";
import { appRouter, type AppRouter } from "./router.ts";

const consoleFiles = fileURLToPath(new URL("../../packages/console/dist", import.meta.url));

const nothingHere = { error: "There is nothing at this address." };

/** The one HTTP server: tRPC, sign-in, webhooks, OAuth returns, health and the console's files. */
export function createHttp(deps: Deps): FastifyInstance {
  const http = Fastify({
    bodyLimit: 1024 * 1024,
    // Above the idle time of the peers that keep connections, or a request meets a socket that is just being closed.
    keepAliveTimeout: 75_000,
    // Bodies have time-outs of their own; this one ends what even the slowest of them allows.
    requestTimeout: 11 * 60_000,
    // An https address means that a proxy stands in front, because this server speaks plain http: then one from this
    // machine or a private network may say who its client is. Otherwise nobody is believed.
    trustProxy: publicUrl(deps.env).startsWith("https:") ? ["loopback", "uniquelocal"] : false,
    routerOptions: { maxParamLength: 5000 },
    // An address that cannot be read is not repeated in the answer.
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) =>
      void reply.status(404).send(nothingHere),
    logger: false,
  });
  http.server.headersTimeout = 30_000;
  registerBodyTimeout(http);
  const closing = endStreamsOnClose(http);
  registerSecurityHeaders(http);
  registerHealth(http, deps);
  const auth = createAuth(deps);
  registerAuth(http, auth);
  const authenticate = createAuthenticate(deps, auth);
  registerTrpc(http, deps, authenticate, closing);
  registerMedia(http, deps, authenticate);
  registerImports(http, deps, authenticate);
  registerConsentExports(http, deps);
  registerPreferencePage(http, deps);
  registerCopies(http, deps);
  registerWhatsAppWebhook(http, deps, createIntake(deps.database));
  registerCrmCallback(http, deps, auth);
  registerCrmWebhooks(http, deps);
  registerConsole(http);
  http.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) deps.log.error({ err: error, route: request.routeOptions.url }, "a request failed");
    return reply.status(status).send({ error: status >= 500 ? "Something went wrong on our side." : error.message });
  });
  return http;
}

function registerTrpc(http: FastifyInstance, deps: Deps, authenticate: Authenticate, closing: AbortSignal): void {
  const createContext = async ({
    req,
    info,
  }: {
    req: FastifyRequest;
    info: { signal: AbortSignal };
  }): Promise<Context> => {
    const workspace = req.headers["x-workspace-id"];
    const actor = await authenticate(req.headers.authorization, typeof workspace === "string" ? workspace : null);
    return { ...deps, actor, signal: AbortSignal.any([info.signal, closing]) };
  };
  void http.register(fastifyTRPCPlugin, {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      createContext,
      onError: ({ error, path }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") deps.log.error({ err: error, path }, "a procedure failed");
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>["trpcOptions"],
  });
}

/**
 * A signal for live streams, which have no end of their own. A server that stops finishes the requests under way and then
 * lets go of every connection: clients keep some open for minutes, and Node would wait for them.
 */
function endStreamsOnClose(http: FastifyInstance): AbortSignal {
  const closing = new AbortController();
  let underWay = 0;
  const letGo = () => {
    if (closing.signal.aborted && underWay === 0) http.server.closeAllConnections();
  };
  http.addHook("onRequest", async (_, reply) => {
    underWay += 1;
    // Comes for answers that are sent and for clients that left, each once.
    reply.raw.once("close", () => {
      underWay -= 1;
      letGo();
    });
  });
  http.addHook("preClose", async () => {
    closing.abort();
    letGo();
  });
  return closing.signal;
}

/** better-auth speaks web requests; its body is read as text so that it parses what it signed for. */
function registerAuth(http: FastifyInstance, auth: Auth): void {
  void http.register(async (scope) => {
    scope.addContentTypeParser("application/json", { parseAs: "string" }, (_, body, done) => done(null, body));
    scope.all("/api/auth/*", async (request, reply) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === "string") headers.set(name, value);
      // Attempts are counted by address, so the address is the one we see, never the one that a client writes here.
      headers.set("x-forwarded-for", request.ip);
      const response = await auth.handle(
        new Request(new URL(request.url, `${request.protocol}://${request.host}`), {
          method: request.method,
          headers,
          ...(typeof request.body === "string" && request.body !== "" ? { body: request.body } : {}),
        }),
      );
      void reply.status(response.status);
      for (const [name, value] of response.headers) if (name !== "set-cookie") void reply.header(name, value);
      void reply.header("set-cookie", response.headers.getSetCookie());
      return reply.send(await response.text());
    });
  });
}

/**
 * The console is one page; unknown paths without a file extension are its routes. The page is asked for anew each time,
 * or it would name the files of an older version after an update; those have a hash in their name and never change.
 */
function registerConsole(http: FastifyInstance): void {
  if (!existsSync(consoleFiles)) return;
  void http.register(fastifyStatic, {
    root: consoleFiles,
    cacheControl: false,
    setHeaders: (reply, file) => {
      const hashed = dirname(file) === join(consoleFiles, "assets");
      void reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  http.setNotFoundHandler((request, reply) => {
    const [path = ""] = request.url.split("?");
    const isPage =
      request.method === "GET" && !/^\/(trpc|api|media|webhooks|oauth)\//.test(path) && !/\.\w+$/.test(path);
    // Nothing is returned: a reply that is handed back is waited for once more by each layer, and listened to by each.
    if (isPage) void reply.sendFile("index.html");
    else void reply.status(404).send(nothingHere);
  });
}
