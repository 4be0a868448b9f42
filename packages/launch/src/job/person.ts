import { randomInt } from "node:crypto";
import type { HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";

export type JobPerson = {
  readonly recordId: string;
  readonly name: string;
  /** Digits without plus. */
  readonly waId: string;
  readonly url: string;
};

/**
 * A contact that nobody has written to yet: made through HubSpot's API, new at each call, with a Brazilian mobile number.
 *
 * @param given properties that shall differ, by HubSpot's names; an empty one stays empty.
 */
export async function createContact(
  { url, identity }: HubSpotSimulator,
  given: Readonly<Record<string, string>> = {},
): Promise<JobPerson> {
  const properties = {
    firstname: "Ana",
    lastname: "Souza",
    email: `ana.${randomInt(1_000_000)}@souza.example`,
    phone: `+55 11 9${randomInt(1000, 10_000)}-${randomInt(1000, 10_000)}`,
    company: "Souza & Filhos",
    jobtitle: "Head of purchasing",
    city: "São Paulo",
    country: "Brazil",
    lifecyclestage: "opportunity",
    quote_number: "Q-2041",
    ...given,
  };
  const answer = await fetch(`${url}/crm/objects/2026-09/contacts`, {
    method: "POST",
    headers: { authorization: `Bearer ${identity.access_token}`, "content-type": "application/json" },
    body: JSON.stringify({ properties, associations: [] }),
  });
  if (!answer.ok) throw new Error(`HubSpot refused the new contact (${answer.status}): ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  return {
    recordId: id,
    name: `${properties.firstname} ${properties.lastname}`,
    waId: properties.phone.replaceAll(/\D/g, ""),
    url: `https://app.hubspot.com/contacts/${identity.portal_id}/record/0-1/${id}`,
  };
}
