import { crmNames } from "@aparte/core/crm-record.ts";
import { crmAdapter } from "@aparte/crm/registry.ts";
import { expect, test } from "vitest";
import { permissionReasons } from "./permission-reasons.ts";

test.each(crmNames)("the console names exactly the rights that %s is asked for", (crm) => {
  const { permissions } = crmAdapter(crm, { baseUrl: "https://crm.test", clientId: "", clientSecret: "" });
  expect(new Set<string>(permissionReasons[crm])).toEqual(new Set(permissions.map(({ why }) => why)));
});
