import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { identifying } from "./record-body.ts";
import { objects } from "./objects.ts";
import { permissions } from "./oauth.ts";

const project = new URL("../../hubspot-app/src/app/", import.meta.url);

function read<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(file, project), "utf8")));
}

it("asks for the rights that the adapter asks for", () => {
  const auth = z.object({ requiredScopes: z.array(z.string()) });
  const { config } = read("app-hsmeta.json", z.object({ config: z.object({ auth }) }));
  expect(config.auth.requiredScopes).toEqual(permissions.map(({ scope }) => scope));
});

it("hears of every property that names a record or holds a number", () => {
  const subscription = z.object({ objectType: z.string(), propertyName: z.string().optional() });
  const subscriptions = z.object({ crmObjects: z.array(subscription) });
  const { config } = read("webhooks/webhooks-hsmeta.json", z.object({ config: z.object({ subscriptions }) }));
  // HubSpot works them out from others, or they only serve to read a number.
  const unheard = new Set(["hs_calculated_phone_number_country_code", "country", "domain"]);
  for (const object of Object.values(objects)) {
    const heard = config.subscriptions.crmObjects.filter(({ objectType }) => objectType === object.type);
    const names = identifying(object).filter((name) => !unheard.has(name));
    expect(heard.map(({ propertyName }) => propertyName)).toEqual(expect.arrayContaining(names));
  }
});
