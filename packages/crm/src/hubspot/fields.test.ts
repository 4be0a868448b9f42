import { describe, expect, it } from "vitest";
import { cannedServer } from "../canned-server.ts";
import { describeFields } from "./fields.ts";

function property(name: string, label: string, more: object = {}): object {
  return { name, label, type: "string", fieldType: "text", groupName: "g", hubspotDefined: true, ...more };
}

const lifecycle = property("lifecyclestage", "Lifecycle stage", {
  type: "enumeration",
  options: [{ label: "Sales qualified lead", value: "salesqualifiedlead", displayOrder: 1, hidden: false }],
});

describe("describeFields", () => {
  it("lists what is worth reading: the known ones in their order, then the account's own", async () => {
    await using server = await cannedServer({
      body: {
        results: [
          property("quote_number", "Quote number", { hubspotDefined: false }),
          property("hs_analytics_source", "Original source"),
          property("phone", "Phone number"),
          property("firstname", "First name"),
          lifecycle,
          property("old", "Old", { hubspotDefined: false, hidden: true }),
          property("health", "Health", { hubspotDefined: false, dataSensitivity: "highly_sensitive" }),
          property("shape", "Shape", { hubspotDefined: false, type: "json" }),
        ],
      },
    });
    const described = await describeFields(
      { baseUrl: server.url, clientId: "", clientSecret: "" },
      { accessToken: "t", apiUrl: null },
      "contact",
    );
    expect(described).toEqual({
      outcome: "done",
      fields: [
        { name: "firstname", label: "Contact › First name", choices: {} },
        {
          name: "lifecyclestage",
          label: "Contact › Lifecycle stage",
          choices: { salesqualifiedlead: "Sales qualified lead" },
        },
        { name: "phone", label: "Contact › Phone number", choices: {} },
        { name: "quote_number", label: "Contact › Quote number", choices: {} },
      ],
    });
    expect(server.requests[0]?.url).toBe("/crm/properties/2026-09/contacts");
  });
});
