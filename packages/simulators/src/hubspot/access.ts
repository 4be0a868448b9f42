import type { FastifyReply, FastifyRequest } from "fastify";
import { HubSpotError } from "./api-error.ts";
import type { Authorizations } from "./authorizations.ts";
import { APP_ID, PRIVATE_APP_ID, PRIVATE_APP_TOKEN } from "./identity.ts";
import type { Portal } from "./portal.ts";
import { BURST_INTERVAL_MS } from "./rate-limits.ts";
import { SCOPES } from "./scopes.ts";
import { readToken } from "./signed-token.ts";
import type { Source } from "./source.ts";

/** Who calls: the private app of this portal, or the marketplace app that it is connected to. */
type Caller = { kind: "private_app" | "oauth_app"; scopes: readonly string[] };

const AUTHENTICATION_HELP = "https://developers.hubspot.com/docs/methods/auth/oauth-overview";
const SCOPES_HELP = "https://developers.hubspot.com/scopes";
const MINUTE_MS = 60_000;

/** The door of the API: who calls, how often, and with which scopes. */
export class Access {
  readonly #portal: Portal;
  readonly #authorizations: Authorizations;
  readonly #callers = new WeakMap<FastifyRequest, Caller>();

  constructor(portal: Portal, authorizations: Authorizations) {
    this.#portal = portal;
    this.#authorizations = authorizations;
  }

  /** Lets a call in or refuses it with 401 or 429, and sets the headers that tell what is left of the limits. */
  admit(request: FastifyRequest, reply: FastifyReply): void {
    const caller = this.#identify(request.headers.authorization);
    this.#callers.set(request, caller);
    // Search has a limit of its own, which is not told in headers and does not count against the others.
    if (request.routeOptions.url?.endsWith("/search") === true) {
      this.#portal.limits.takeSearch(this.#portal.behaviour.search_per_second);
    } else {
      this.#count(caller, reply);
    }
  }

  /** Refuses (403) a call whose token has none of these scopes. */
  requireScope(request: FastifyRequest, oneOf: readonly string[]): void {
    const granted = this.#callers.get(request)?.scopes ?? [];
    if (oneOf.some((scope) => granted.includes(scope))) return;
    throw new HubSpotError(
      403,
      `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${SCOPES_HELP}.`,
      {
        category: "MISSING_SCOPES",
        errors: [
          {
            message: "One or more of the following scopes are required.",
            context: { requiredGranularScopes: [...oneOf] },
          },
        ],
        links: { scopes: SCOPES_HELP },
      },
    );
  }

  /** Who a write is by, as webhooks tell it. */
  sourceOf(request: FastifyRequest): Source {
    const appId = this.#callers.get(request)?.kind === "oauth_app" ? APP_ID : PRIVATE_APP_ID;
    return { changeSource: "INTEGRATION", sourceId: String(appId) };
  }

  #identify(authorization: string | undefined): Caller {
    const token = /^Bearer (\S+)$/iu.exec(authorization ?? "")?.[1];
    if (token === undefined) throw notAuthenticated("Authentication credentials not found.");
    if (token === PRIVATE_APP_TOKEN) {
      return { kind: "private_app", scopes: this.#portal.behaviour.private_app_scopes ?? Object.keys(SCOPES) };
    }
    const facts = this.#authorizations.inForce(token);
    if (facts?.use === "access_token") return { kind: "oauth_app", scopes: facts.scopes };
    throw this.#expiry(token) ?? notAuthenticated("Authentication credentials are not valid.");
  }

  #expiry(token: string): HubSpotError | undefined {
    const facts = readToken(token);
    if (facts === undefined || !this.#authorizations.hasExpired(facts)) return undefined;
    const lateBy = Math.max(0, this.#portal.clock.now() - (facts.expiresAt ?? 0));
    const message = `The OAuth token used to make this call expired ${Math.floor(lateBy / MINUTE_MS)} minute(s) ago.`;
    return new HubSpotError(401, message, { category: "EXPIRED_AUTHENTICATION" });
  }

  #count({ kind }: Caller, reply: FastifyReply): void {
    const { limits, behaviour } = this.#portal;
    const max = kind === "private_app" ? behaviour.private_app_burst : behaviour.oauth_app_burst;
    void reply.headers({
      "x-hubspot-ratelimit-interval-milliseconds": BURST_INTERVAL_MS,
      "x-hubspot-ratelimit-max": max,
      "x-hubspot-ratelimit-remaining": 0,
    });
    void reply.header("x-hubspot-ratelimit-remaining", limits.takeBurst(kind, max));
    if (kind === "oauth_app") return;
    void reply.headers({
      "x-hubspot-ratelimit-daily": behaviour.daily_limit,
      "x-hubspot-ratelimit-daily-remaining": 0,
    });
    void reply.header("x-hubspot-ratelimit-daily-remaining", limits.takeDaily(behaviour.daily_limit));
  }
}

function notAuthenticated(reason: string): HubSpotError {
  return new HubSpotError(
    401,
    `${reason} This API supports OAuth 2.0 authentication and you can find more details at ${AUTHENTICATION_HELP}`,
    { category: "INVALID_AUTHENTICATION" },
  );
}
