import { fields as hubspotFields } from "@aparte/crm/hubspot/mirror.ts";
import { fields as salesforceFields } from "@aparte/crm/salesforce/mirror.ts";
import { expect, test } from "vitest";
import { mirrorFacts, mirrorFields } from "./mirror-fields.ts";

test("the console names exactly the fields that are created", () => {
  const named = (crm: keyof typeof mirrorFields) => mirrorFacts.map((fact) => mirrorFields[crm][fact]);
  expect(named("hubspot")).toEqual(hubspotFields.map(({ name }) => name));
  expect(named("salesforce")).toEqual(Object.keys(salesforceFields));
});
