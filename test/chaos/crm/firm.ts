import type { Child } from "@aparte/launch/process.ts";
import { ownDatabase } from "../../support/own-database.ts";
import { killServer, startServer } from "../../support/server-process.ts";
import { connectHubSpot } from "../../support/hubspot.ts";
import { connectSalesforce } from "../../support/salesforce.ts";
import { clientOf, tokenOf, type Client } from "../../support/sign-in.ts";
import { password, people, post, startWorld, type World } from "../../support/world.ts";
import { crms, type Crm } from "./books.ts";

/** A firm with both CRMs, whose worker can be killed. */
export type CrmFirm = {
  readonly world: World;
  readonly accounts: Readonly<Record<Crm, string>>;
  /** Whether the CRMs refuse a second entry with our key, or only reading back tells. */
  readonly uniqueKeys: boolean;
  /** Somebody of the firm, signed in just now: tokens live five minutes. */
  rep(): Promise<Client>;
  /** kill -9 of the worker, and another one in its place. */
  replaceWorker(): Promise<void>;
  close(): Promise<void>;
};

export async function startCrmFirm({ uniqueKeys }: { readonly uniqueKeys: boolean }): Promise<CrmFirm> {
  const world = await startWorld({ role: "api", database: await ownDatabase() });
  await post(`${world.hubspot.url}/_sim/behaviour`, { allow_unique_properties: uniqueKeys });
  await post(`${world.salesforce.url}/_sim/behaviour`, { package_installed: uniqueKeys });
  await connectHubSpot(world);
  await connectSalesforce(world);
  const connections = await world.admin.crm.connections.query();
  const accounts = Object.fromEntries(
    crms.map((crm) => [crm, connections.find((connection) => connection.crm === crm)?.account ?? ""]),
  ) as Record<Crm, string>;
  const start = () => startServer({ ...world.app.deps.env, ROLE: "worker", LOG_LEVEL: "info" });
  let worker: Child = await start();
  return {
    world,
    accounts,
    uniqueKeys,
    rep: async () => clientOf(world.origin, await tokenOf(world.origin, people.rep, password)),
    async replaceWorker() {
      await killServer(worker);
      worker = await start();
    },
    async close() {
      await worker.stop();
      await world.close();
    },
  };
}
