import { randomPort } from "@aparte/launch/ports.ts";
import type { Child } from "@aparte/launch/process.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import type postgres from "postgres";
import { ownPostgres, type OwnPostgres } from "../support/own-postgres.ts";
import { killServer, startServer, type ServerEnv } from "../support/server-process.ts";
import { clientOf, tokenOf, type Client } from "../support/sign-in.ts";
import { until } from "@aparte/launch/until.ts";
import { post } from "../support/world.ts";
import { startLossyGraph, type LossyGraph, type Losses } from "./lossy-graph.ts";

export type Part = "api" | "worker";

/** A firm whose parts can be killed: Postgres, an API and a worker in processes of their own. */
export type Firm = {
  readonly origin: string;
  readonly whatsapp: WhatsAppSimulator;
  readonly graph: LossyGraph;
  readonly postgres: OwnPostgres;
  readonly channelId: string;
  /** kill -9 and another one in its place; `whileGone` is done in between. */
  replace(part: Part, whileGone?: () => Promise<unknown>): Promise<void>;
  /** kill -9 of Postgres and its return on the same files; the processes must find it again. */
  restartPostgres(): Promise<void>;
  /** The rep of the firm, signed in just now: tokens live five minutes. */
  rep(): Promise<Client>;
  close(): Promise<void>;
};

const admin = { name: "Ada Admin", email: "ada@chaos.test", password: "a password of 15 or more" };

/** Starts everything, sets the firm up through the public API and connects a number. */
export async function startFirm(losses: Losses, random: () => number): Promise<Firm> {
  const cluster = await ownPostgres();
  const whatsapp = await startWhatsAppSimulator({
    port: await randomPort(),
    autoStatuses: { sent_ms: 20, delivered_ms: 40, read_ms: 80 },
  });
  const graph = await startLossyGraph({ listen: await randomPort(), target: whatsapp.port }, losses, random);
  const port = await randomPort();
  const origin = `http://localhost:${port}`;
  const env = environment({ cluster, whatsapp, graph, port });
  const start = (role: Part) => startServer({ ...env, ROLE: role });
  const parts: Record<Part, Child> = { api: await start("api"), worker: await start("worker") };
  const [, setupToken = ""] = await parts.api.waitForLine(/set-up token: (\S+)/, 10_000);
  await clientOf(origin, null).identity.setUp.mutate({ ...admin, setupToken, workspaceName: "Chaos" });
  const rep = async () => clientOf(origin, await tokenOf(origin, admin.email, admin.password));
  const { waba_id: wabaId, phone_number_id: phoneNumberId, access_token: accessToken } = whatsapp.identity;
  const connected = await (await rep()).channels.connect.mutate({ wabaId, phoneNumberId, accessToken });
  if (!connected.ok) throw new Error(`The number could not be connected: ${connected.refused}`);
  return {
    origin,
    whatsapp,
    graph,
    postgres: cluster,
    channelId: connected.channel.id,
    rep,
    async replace(part, whileGone) {
      await killServer(parts[part]);
      await whileGone?.();
      parts[part] = await start(part);
    },
    async restartPostgres() {
      await cluster.kill();
      await cluster.start();
    },
    async close() {
      await Promise.all([parts.api.stop(), parts.worker.stop()]);
      await Promise.all([graph.close(), whatsapp.close()]);
      await cluster.remove();
    },
  };
}

type Places = {
  readonly cluster: OwnPostgres;
  readonly whatsapp: WhatsAppSimulator;
  readonly graph: LossyGraph;
  readonly port: number;
};

function environment({ cluster, whatsapp, graph, port }: Places): ServerEnv {
  return {
    DATABASE_URL: cluster.url,
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    MASTER_KEY: Buffer.alloc(32, 9).toString("base64"),
    META_GRAPH_URL: graph.url,
    META_APP_ID: whatsapp.identity.app_id,
    META_APP_SECRET: whatsapp.identity.app_secret,
    META_VERIFY_TOKEN: whatsapp.identity.verify_token,
  };
}

/** People write to the firm, so that it knows them and may answer; each agrees to advertisements. Answers contact ids. */
export async function meetPeople(firm: Firm, sql: postgres.Sql, count: number): Promise<readonly string[]> {
  const { phone_number_id } = firm.whatsapp.identity;
  for (let place = 0; place < count; place += 1) {
    const from = `3363998${String(place).padStart(4, "0")}`;
    await post(`${firm.whatsapp.url}/_sim/inbound`, { phone_number_id, from, type: "text", text: { body: "Hello" } });
  }
  const people = await until("everybody is known", async () => {
    const rows = await sql<{ id: string }[]>`select id from contacts order by wa_id`;
    return rows.length === count && rows.map(({ id }) => id);
  });
  const rep = await firm.rep();
  const evidence = { method: "in_person", wording: "Yes, please.", occurredAt: new Date().toISOString() } as const;
  for (const contactId of people) {
    await rep.consent.record.mutate({ contactId, purposes: ["marketing"], action: "given", ...evidence });
  }
  return people;
}
