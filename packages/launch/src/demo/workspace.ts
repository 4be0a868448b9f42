import type { AppRouter } from "@aparte/api/router";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import type { ApiServer } from "../server.ts";
import type { DemoSimulators } from "./simulators.ts";

export const demoPassword = "aparte-demo-password";
/** The rep and the manager are also owners in the simulated CRMs, under the same addresses. */
export const demoPeople = {
  admin: { email: "admin@demo.test", name: "Inès Laurent" },
  manager: { email: "manager@demo.test", name: "Tomás Oliveira" },
  rep: { email: "rep@demo.test", name: "Clara Weiss" },
} as const;

/**
 * Makes the demo workspace by the same calls that an admin's console makes, so that nothing in it works only in a
 * demo: set-up with its token, people, the number, the CRM. On a server that has it already, the simulators of this
 * start are connected in place of the last ones.
 */
export async function ensureDemoWorkspace(api: ApiServer, simulators: DemoSimulators): Promise<void> {
  if (api.setupToken !== null) await setUp(api, api.setupToken);
  const { token, cookie } = await signIn(api.url, demoPeople.admin.email);
  const admin = clientOf(api.url, token);
  await connectNumber(admin, simulators);
  for (const crm of ["hubspot", "salesforce"] as const) await connectCrm(admin, cookie, simulators, crm);
}

type Client = TRPCClient<AppRouter>;

function clientOf(url: string, token: string | null): Client {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/trpc`, headers })] });
}

async function setUp(api: ApiServer, setupToken: string): Promise<void> {
  const { admin, manager, rep } = demoPeople;
  const workspace = { setupToken, workspaceName: "Maison Lumen (demo)", ...admin, password: demoPassword };
  expectDone("set-up", await clientOf(api.url, null).identity.setUp.mutate(workspace));
  const client = clientOf(api.url, (await signIn(api.url, admin.email)).token);
  for (const [role, person] of [["manager", manager] as const, ["rep", rep] as const]) {
    expectDone(
      `adding the ${role}`,
      await client.identity.addMember.mutate({ ...person, role, password: demoPassword }),
    );
  }
}

type SignedIn = { readonly cookie: string; readonly token: string };

async function signIn(url: string, email: string): Promise<SignedIn> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password: demoPassword }),
  });
  if (!answer.ok) {
    throw new Error(
      `The demo admin cannot sign in (${answer.status}). This database belongs to another workspace: use an empty DATA_DIR or DATABASE_URL for the demo.`,
    );
  }
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { token } = (await (await fetch(`${url}/api/auth/token`, { headers: { cookie } })).json()) as { token: string };
  return { cookie, token };
}

async function connectNumber(admin: Client, { whatsapp }: DemoSimulators): Promise<void> {
  const { waba_id: wabaId, phone_number_id: phoneNumberId, access_token: accessToken } = whatsapp.identity;
  const connected = await admin.channels.connect.mutate({ wabaId, phoneNumberId, accessToken });
  expectDone("connecting the number", connected);
  if (connected.ok)
    expectDone("reading templates", await admin.templates.sync.mutate({ channelId: connected.channel.id }));
}

/**
 * Walks the OAuth redirects as the admin's browser does, with the admin's cookie on the way back; the simulated CRM says
 * yes by itself meanwhile.
 */
async function connectCrm(
  admin: Client,
  cookie: string,
  simulators: DemoSimulators,
  crm: "hubspot" | "salesforce",
): Promise<void> {
  const behave = (auto_approve: boolean) =>
    fetch(`${simulators[crm].url}/_sim/behaviour`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ auto_approve }),
    });
  const started = await admin.crm.connectUrl.mutate({ crm });
  expectDone(`asking ${crm}`, started);
  if (!started.ok) return;
  await behave(true);
  try {
    const callback = await redirectOf(started.url, {});
    const end = await redirectOf(callback, { cookie });
    if (!end.includes("crm=connected")) throw new Error(`${crm} was not connected: the way ended at ${end}.`);
  } finally {
    await behave(false);
  }
}

async function redirectOf(url: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { headers, redirect: "manual" });
  const location = answer.headers.get("location");
  if (location === null) {
    throw new Error(`The CRM was not connected: ${new URL(url).pathname} answered ${answer.status}.`);
  }
  return new URL(location, url).href;
}

function expectDone(what: string, outcome: { readonly ok: boolean; readonly refused?: string }): void {
  if (!outcome.ok) throw new Error(`The demo workspace could not be made: ${what} was refused (${outcome.refused}).`);
}
