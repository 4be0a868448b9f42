import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../platform/context.ts";

/**
 * Whose page a link opens. `version`: links are revoked by counting it up for the person. No number and no name is inside,
 * because links are forwarded and stand in histories.
 */
export type PreferenceHolder = {
  readonly workspaceId: string;
  readonly contactId: string;
  /** From 1 to 65,535. */
  readonly version: number;
};

const bodyBytes = 16 + 16 + 2;
/** 136 bits: with the body, a length that base64url writes without a bit to spare, so that each token has one spelling. */
const signatureBytes = 17;

/** The token of a person's preference page: 68 signs of base64url, as a value of a template's URL button wants it. */
export function preferenceToken(
  deps: Pick<Deps, "vault">,
  { workspaceId, contactId, version }: PreferenceHolder,
): string {
  const body = Buffer.alloc(bodyBytes);
  body.write(bare(workspaceId), 0, "hex");
  body.write(bare(contactId), 16, "hex");
  body.writeUInt16BE(version, 32);
  return Buffer.concat([body, signatureOf(deps, body)]).toString("base64url");
}

/** Whose token this is; null when we did not make it, whatever it looks like. */
export function readPreferenceToken(deps: Pick<Deps, "vault">, token: string): PreferenceHolder | null {
  if (!/^[\w-]{68}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const body = bytes.subarray(0, bodyBytes);
  if (!timingSafeEqual(bytes.subarray(bodyBytes), signatureOf(deps, body))) return null;
  return {
    workspaceId: uuid(body.subarray(0, 16)),
    contactId: uuid(body.subarray(16, 32)),
    version: body.readUInt16BE(32),
  };
}

function signatureOf({ vault }: Pick<Deps, "vault">, body: Uint8Array): Buffer {
  const key = vault.derive("consent.preference_page");
  return createHmac("sha256", key).update(body).digest().subarray(0, signatureBytes);
}

function bare(id: string): string {
  return id.replaceAll("-", "");
}

function uuid(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
