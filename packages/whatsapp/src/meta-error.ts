import { z } from "zod";
import type { MetaError } from "./errors.ts";
import { detail, idText } from "./wire.ts";

const envelope = z.object({
  error: z.object({
    code: z.int(),
    error_subcode: detail(z.int()),
    message: detail(z.string()),
    error_user_title: detail(z.string()),
    error_user_msg: detail(z.string()),
    error_data: detail(z.object({ details: z.string() })),
    fbtrace_id: detail(idText),
  }),
});

/**
 * Reads Graph's error envelope; null when the answer is none. Graph sometimes quotes the token that it refuses
 * ("Malformed access token …"), so `secrets` are blotted out of every text.
 */
export function readMetaError(json: unknown, httpStatus: number, secrets: readonly string[]): MetaError | null {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return null;
  const { error } = parsed.data;
  const clean = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const details = error.error_data?.details ?? error.error_user_msg;
  return {
    code: error.code,
    subcode: error.error_subcode,
    title: clean(error.error_user_title ?? error.message ?? ""),
    details: details === null ? null : clean(details),
    fbtraceId: error.fbtrace_id,
    httpStatus,
  };
}
