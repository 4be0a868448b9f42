import { crmNames } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import { crmAdapter } from "./registry.ts";

describe("crmAdapter", () => {
  it("gives the adapter that bears the name, or none", () => {
    const app = { baseUrl: "http://localhost:1", clientId: "id", clientSecret: "secret" };
    const adapters = crmNames.map((name) => crmAdapter(name, app));
    expect(adapters.map((adapter, index) => adapter === null || adapter.name === crmNames[index])).not.toContain(false);
    expect(crmAdapter("hubspot", app)?.recordTypes).toContain("contact");
  });
});
