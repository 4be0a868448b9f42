import { asText, isObject } from "../../platform/guards.ts";
import type { Session } from "../../platform/session.ts";

/**
 * The OAuth 2.0 device authorization grant (RFC 8628) as the API speaks it: the extension shows nothing secret, the person
 * approves in the console where they are signed in anyway, and the extension asks until it is told.
 */
const clientId = "aparte-extension";
const grantType = "urn:ietf:params:oauth:grant-type:device_code";

export type DeviceCode = {
  readonly server: string;
  /** Secret between us and the server. */
  readonly code: string;
  /** What the console shows as well, so that the person sees that both speak of the same request (RFC 8628 3.3.1). */
  readonly userCode: string;
  /** Page of the console on which the person approves. */
  readonly page: string;
  /** At least so many milliseconds between two questions. */
  readonly interval: number;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
};

export type Approval =
  | { readonly state: "approved"; readonly token: string }
  | { readonly state: "pending" | "slow_down" | "denied" | "expired" };

/** Asks for a code (RFC 8628 3.1). Throws when the server cannot be reached or answers something else. */
export async function requestCode(server: string, send: typeof fetch, now: number): Promise<DeviceCode> {
  const answer = await post(`${server}/api/auth/device/code`, { client_id: clientId }, send);
  const { device_code, user_code, verification_uri_complete, interval, expires_in } = answer.body;
  const [code, userCode] = [asText(device_code), asText(user_code)];
  const page = URL.parse(asText(verification_uri_complete) ?? "");
  if (!answer.ok || code === null || userCode === null || page === null || !/^https?:$/.test(page.protocol)) {
    throw new Error(`The server did not begin a sign-in (status ${answer.status})`);
  }
  return {
    server,
    code,
    userCode,
    page: page.href,
    interval: seconds(interval, 5),
    expiresAt: now + seconds(expires_in, 600),
  };
}

/** Asks whether the person has approved (RFC 8628 3.4, 3.5). Throws when the server cannot be reached. */
export async function askApproval({ server, code }: DeviceCode, send: typeof fetch): Promise<Approval> {
  const question = { grant_type: grantType, device_code: code, client_id: clientId };
  const { ok, status, body } = await post(`${server}/api/auth/device/token`, question, send);
  const token = asText(body.access_token);
  if (ok && token !== null) return { state: "approved", token };
  switch (body.error) {
    case "authorization_pending":
      return { state: "pending" };
    case "slow_down":
      return { state: "slow_down" };
    case "access_denied":
      return { state: "denied" };
    case "expired_token":
    case "invalid_grant":
      return { state: "expired" };
    default:
      throw new Error(`The server did not answer the sign-in (status ${status})`);
  }
}

/** Who the new session belongs to. Throws when the server does not say. */
export async function whoIs(server: string, token: string, send: typeof fetch): Promise<Session["user"]> {
  const answer = await send(`${server}/api/auth/get-session`, {
    headers: { authorization: `Bearer ${token}` },
    credentials: "omit",
    cache: "no-store",
  });
  const body: unknown = await answer.json();
  const user = isObject(body) && isObject(body.user) ? body.user : {};
  const [id, name, email] = [asText(user.id), asText(user.name), asText(user.email)];
  if (id === null || name === null || email === null) throw new Error("The server does not say who signed in");
  return { id, name, email };
}

async function post(address: string, body: Record<string, string>, send: typeof fetch) {
  const answer = await send(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    cache: "no-store",
  });
  const parsed: unknown = await answer.json();
  return { ok: answer.ok, status: answer.status, body: isObject(parsed) ? parsed : {} };
}

function seconds(value: unknown, otherwise: number): number {
  return (typeof value === "number" && value > 0 ? value : otherwise) * 1000;
}
