import { permissions } from "@aparte/crm/hubspot/oauth.ts";
import { expect, test } from "vitest";
import { permissionReasons } from "./permission-reasons.ts";

test("the console names exactly the rights that HubSpot is asked for", () => {
  expect(permissionReasons.toSorted()).toEqual(permissions.map(({ why }) => why).toSorted());
});
