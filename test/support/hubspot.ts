import { cookieOf } from "./sign-in.ts";
import { password, people, type World } from "./world.ts";

/** Says yes on the CRM's page, as a person would; answers the address that the browser is sent back to. */
export async function approve(url: string): Promise<string> {
  const page = new URL(url);
  const answer = await fetch(page, {
    method: "POST",
    body: new URLSearchParams([...page.searchParams, ["decision", "approve"]]),
    redirect: "manual",
  });
  const back = answer.headers.get("location");
  if (back === null) throw new Error(`The consent page answered ${answer.status}: ${await answer.text()}`);
  return back;
}

/** Follows the way back in a browser in which this person is signed in; answers where it ends. */
export async function comeBack(world: World, url: string, email: string = people.admin): Promise<string> {
  const cookie = await cookieOf(world.origin, email, password);
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  return answer.headers.get("location") ?? `status ${answer.status}`;
}

/** Connects the HubSpot portal through the real redirects; answers the id of the connection. */
export async function connectHubSpot(world: World): Promise<string> {
  const begun = await world.admin.crm.connectUrl.mutate({ crm: "hubspot" });
  if (!begun.ok) throw new Error(`No connection could be begun: ${begun.refused}`);
  const end = await comeBack(world, await approve(begun.url));
  const [connection] = await world.admin.crm.connections.query();
  if (!connection || !end.endsWith("/?crm=connected")) throw new Error(`The way back ended at ${end}`);
  return connection.id;
}

/** A record of the simulated portal, as the extension names it. */
export function contactRef(world: World, id: string) {
  return { crm: "hubspot", account: String(world.hubspot.identity.portal_id), type: "contact", id } as const;
}

export type Communication = {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
};

/** What stands on a contact's timeline. */
export async function timelineOf(world: World, contactId: string): Promise<readonly Communication[]> {
  const answer = await fetch(`${world.hubspot.url}/_sim/objects/contacts/${contactId}?with=communications`);
  const record = (await answer.json()) as { associated: { communications: Communication[] } };
  return record.associated.communications;
}

/** The writes that the portal accepted, by kind. */
export async function writesTo(world: World, kind: string): Promise<number> {
  const answer = await fetch(`${world.hubspot.url}/_sim/ledger`);
  const entries = (await answer.json()) as { kind: string }[];
  return entries.filter((entry) => entry.kind === kind).length;
}
