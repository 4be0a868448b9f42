import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { prepare } from "./log-key.ts";

const body = { name: "hs_communication_body", groupName: "communication" };
const plain = { name: "aparte_log_key", groupName: "communication", hasUniqueValue: false };
const unique = { ...plain, hasUniqueValue: true };
const refused = { status: 400, body: { category: "VALIDATION_ERROR", message: "no unique properties here" } };

async function prepared(
  ...answers: CannedAnswer[]
): Promise<{ result: unknown; asked: string[]; json: readonly unknown[] }> {
  await using server = await cannedServer(...answers);
  const result = await prepare(
    { baseUrl: server.url, clientId: "", clientSecret: "" },
    { accessToken: "t", apiUrl: null },
  );
  return { result, asked: server.requests.map(({ method, url }) => `${method} ${url}`), json: server.json };
}

describe("prepare", () => {
  it("creates a unique property beside the body of the communication", async () => {
    const { result, asked, json } = await prepared({ body: { results: [body] } }, { status: 201, body: unique });
    expect(result).toEqual({ outcome: "done", logKeyKind: "unique" });
    expect(asked).toEqual([
      "GET /crm/properties/2026-09/communications",
      "POST /crm/properties/2026-09/communications",
    ]);
    expect(json).toMatchObject([
      { name: "aparte_log_key", groupName: "communication", type: "string", fieldType: "text", hasUniqueValue: true },
    ]);
  });

  it("is content with a plain one where HubSpot allows no unique one", async () => {
    const { result, json } = await prepared({ body: { results: [body] } }, refused, { status: 201, body: plain });
    expect(result).toEqual({ outcome: "done", logKeyKind: "read_back" });
    expect(json).toMatchObject([{ hasUniqueValue: true }, { hasUniqueValue: false }]);
  });

  it.each([
    [unique, "unique"],
    [plain, "read_back"],
  ])("takes what is there as it is: %j", async (existing, logKeyKind) => {
    const { result, asked } = await prepared({ body: { results: [body, existing] } });
    expect(result).toEqual({ outcome: "done", logKeyKind });
    expect(asked.length).toBe(1);
  });

  it("takes over what somebody else has just created", async () => {
    const { result } = await prepared(
      { body: { results: [body] } },
      { status: 409, body: { category: "CONFLICT" } },
      { body: { results: [body, unique] } },
    );
    expect(result).toEqual({ outcome: "done", logKeyKind: "unique" });
  });

  it("says so when the right is missing, or when not even a plain property is allowed", async () => {
    const forbidden = await prepared({ status: 403, body: { category: "MISSING_SCOPES" } });
    expect(forbidden.result).toMatchObject({ outcome: "refused", reason: "crm.permission_missing" });
    const never = await prepared({ body: { results: [body] } }, refused, refused);
    expect(never.result).toMatchObject({ outcome: "refused", reason: "crm.refused_by_crm" });
  });
});
