import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

/** Seals secrets for the database. `place` binds a sealed value to its column and row: moved elsewhere, it will not open. */
export type Vault = {
  seal(secret: string, place: string): Buffer;
  open(sealed: Uint8Array, place: string): string;
  /** A key for one purpose, derived from the master key, e.g. for signing sessions. */
  derive(purpose: string): string;
};

export class VaultError extends Error {
  override name = "VaultError";
}

const version = 1;

/**
 * AES-256-GCM under the master key (32 bytes, base64). Layout: version, key id (4 bytes of the key's hash, so that a
 * value sealed by another key is named as such), nonce (12), tag (16), ciphertext. The place is authenticated.
 */
export function createVault(masterKey: string): Vault {
  const key = Buffer.from(masterKey, "base64");
  const keyId = createHash("sha256").update(key).digest().subarray(0, 4);
  return {
    seal(secret, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from([version]), keyId, nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== version) throw new VaultError("This value was not sealed by a vault of this version.");
      if (!bytes.subarray(1, 5).equals(keyId)) {
        throw new VaultError("This value was sealed with another MASTER_KEY. Start with the key that was used before.");
      }
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(5, 17)).setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(17, 33));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(33)), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new VaultError("A sealed value was changed or moved from its place.", { cause });
      }
    },
    derive: (purpose) => createHmac("sha256", key).update(`derive:${purpose}`).digest("base64url"),
  };
}
