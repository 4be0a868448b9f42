import { crmNames } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import { crmAdapter } from "./registry.ts";

describe("crmAdapter", () => {
  it.each(crmNames)("gives the adapter that bears the name: %s", (name) => {
    const adapter = crmAdapter(name, { baseUrl: "http://localhost:1", clientId: "id", clientSecret: "secret" });
    expect(adapter.name).toBe(name);
    expect(adapter.recordTypes).toContain("contact");
  });
});
