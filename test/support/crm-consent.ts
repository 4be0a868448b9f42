import type { CrmName } from "@aparte/core/crm-record.ts";
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

/** Connects a simulated CRM through the real redirects; answers the id of the connection. */
export async function connectCrm(world: World, crm: CrmName): Promise<string> {
  const begun = await world.admin.crm.connectUrl.mutate({ crm });
  if (!begun.ok) throw new Error(`No connection could be begun: ${begun.refused}`);
  const end = await comeBack(world, await approve(begun.url));
  const connection = (await world.admin.crm.connections.query()).find((candidate) => candidate.crm === crm);
  if (!connection || !end.endsWith("/?crm=connected")) throw new Error(`The way back ended at ${end}`);
  return connection.id;
}
