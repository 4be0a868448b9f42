import { describe, expect, it } from "vitest";
import { codeChallengeOf, newCodeVerifier } from "./pkce.ts";

describe("PKCE", () => {
  it("agrees with the example of RFC 7636, appendix B", () => {
    expect(codeChallengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
  });

  it("makes another verifier each time, of the length and letters that the RFC asks for", () => {
    const verifiers = new Set(Array.from({ length: 50 }, newCodeVerifier));
    expect(verifiers.size).toBe(50);
    for (const verifier of verifiers) expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
