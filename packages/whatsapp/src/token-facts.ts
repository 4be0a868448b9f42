import { z } from "zod";
import { detail, idText, word } from "./wire.ts";

/** What Meta knows about an access token. */
export type TokenFacts = {
  readonly valid: boolean;
  readonly appId: string | null;
  /** ISO 8601; null for a token that does not end, as system users have. */
  readonly expiresAt: string | null;
  readonly scopes: readonly string[];
  /** The WABAs that it reaches; null when it is not bound to some. */
  readonly wabaIds: readonly string[] | null;
};

const debugAnswer = z.object({
  data: z.object({
    is_valid: z.boolean(),
    app_id: detail(idText),
    expires_at: detail(z.int().nonnegative().max(99_999_999_999)),
    scopes: detail(z.array(word)),
    granular_scopes: detail(z.array(z.object({ scope: word, target_ids: detail(z.array(idText)) }))),
  }),
});

/** Reads the answer of `GET /debug_token` (Graph API, "Debug token"); null when it is none. */
export function readTokenFacts(json: unknown): TokenFacts | null {
  const parsed = debugAnswer.safeParse(json);
  if (!parsed.success) return null;
  const { is_valid, app_id, expires_at, scopes, granular_scopes } = parsed.data.data;
  const targets = (granular_scopes ?? [])
    .filter(({ scope }) => scope.startsWith("whatsapp_business_"))
    .map(({ target_ids }) => target_ids);
  const bound = targets.length > 0 && targets.every((ids) => ids !== null);
  return {
    valid: is_valid,
    appId: app_id,
    expiresAt: expires_at ? new Date(expires_at * 1000).toISOString() : null,
    scopes: scopes ?? [],
    wabaIds: bound ? [...new Set(targets.flatMap((ids) => ids ?? []))] : null,
  };
}
