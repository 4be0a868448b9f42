import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appSecretProof, verifySignature } from "./signature.ts";

const secret = "test-app-secret-do-not-use";
const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
const header = "sha256=204c0ebcb80811040b98b1fe7d03ea33f0548c70c12da83a026c71c74d7cfb59";

function sign(bytes: Uint8Array): string {
  return `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;
}

function flipBit(bytes: Uint8Array, position: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const index = Math.floor(position / 8) % bytes.length;
  flipped[index] = (flipped[index] ?? 0) ^ (1 << (position % 8));
  return flipped;
}

describe("the signature of a delivery", () => {
  it("accepts known vectors", () => {
    expect(verifySignature(body, header, secret)).toBe(true);
    expect(
      verifySignature(
        body,
        "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
        "test_app_secret",
      ),
    ).toBe(true);
  });

  it("signs bytes, not text: accents, emoji and broken UTF-8 count as they came", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(verifySignature(bytes, sign(bytes), secret)).toBe(true);
      }),
    );
  });

  it("refuses any single bit flipped in the body", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), (bytes, position) => {
        expect(verifySignature(flipBit(bytes, position), sign(bytes), secret)).toBe(false);
      }),
    );
  });

  it("refuses every single bit flipped in the header, its case included", () => {
    for (let position = 0; position < header.length * 8; position += 1) {
      const forged = Buffer.from(flipBit(Buffer.from(header), position)).toString("latin1");
      expect(verifySignature(body, forged, secret)).toBe(false);
    }
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["without its algorithm", header.slice("sha256=".length)],
    ["cut to 128 bits", header.slice(0, "sha256=".length + 32)],
    ["cut by one digit", header.slice(0, -1)],
    ["too long", `${header}00`],
    ["with a space behind", `${header} `],
    ["with a line end behind", `${header}\n`],
    ["of the old algorithm", "sha1=204c0ebcb80811040b98b1fe7d03ea33f0548c70"],
    ["of another algorithm", header.replace("sha256", "sha512")],
    ["in upper case", header.toUpperCase()],
    ["doubled by the HTTP server", `${header}, ${header}`],
    ["doubled as a list", [header, header]],
    ["a list of one", [header]],
    ["of another secret", `sha256=${createHmac("sha256", "other").update(body).digest("hex")}`],
  ])("refuses a header %s", (_what, forged) => {
    expect(verifySignature(body, forged, secret)).toBe(false);
  });

  it("stops on an empty secret instead of comparing", () => {
    for (const empty of ["", " "]) expect(() => verifySignature(body, header, empty)).toThrow("app secret is empty");
  });
});

describe("the proof of the app secret", () => {
  it("matches the known vector", () => {
    expect(appSecretProof("EAAtest", secret)).toBe("e7385d4982075b7ea01e0db0fcc2613ad4d08cf6f542b5b25bea29ff433e61fa");
  });

  it("stops on an empty secret", () => {
    expect(() => appSecretProof("EAAtest", "")).toThrow("app secret is empty");
  });
});
