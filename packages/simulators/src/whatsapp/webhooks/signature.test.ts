import { expect, it } from "vitest";
import { appSecretProof, signatureHeaders } from "./signature.ts";

const EMPTY_BODY = '{"object":"whatsapp_business_account","entry":[]}';

it.each([
  ["test-app-secret-do-not-use", "204c0ebcb80811040b98b1fe7d03ea33f0548c70c12da83a026c71c74d7cfb59"],
  ["test_app_secret", "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"],
])("signs a body as Meta does (secret %s)", (secret, hex) => {
  expect(signatureHeaders(secret, EMPTY_BODY)["X-Hub-Signature-256"]).toBe(`sha256=${hex}`);
});

it("sends the legacy signature along", () => {
  expect(signatureHeaders("s", EMPTY_BODY)["X-Hub-Signature"]).toMatch(/^sha1=[0-9a-f]{40}$/u);
});

it("proves the app secret for a token", () => {
  expect(appSecretProof("test-app-secret-do-not-use", "EAAtest")).toBe(
    "e7385d4982075b7ea01e0db0fcc2613ad4d08cf6f542b5b25bea29ff433e61fa",
  );
  expect(appSecretProof("s", "EAAtest", "1795305600")).not.toBe(appSecretProof("s", "EAAtest"));
});
