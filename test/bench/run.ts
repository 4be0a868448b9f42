import { randomPort } from "@aparte/launch/ports.ts";
import { startChild } from "@aparte/launch/process.ts";
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { meetPeople, startFirm, type Firm } from "../chaos/firm.ts";
import { change, delivery, wireMessage } from "../support/meta-webhook.ts";
import { until } from "@aparte/launch/until.ts";
import { consentRows } from "./consent.ts";
import { measure, measureWebhooks, type Figures, type Row } from "./load.ts";
import { projectOneByOne, type Message } from "./per-row.ts";

/**
 * `npm run bench`: how our hot paths compare with the simplest thing that could stand in their place, on this machine
 * and in this run. The ratio is what can be compared with other machines; the figures are not.
 */

const deliveries = 4_000;
const oneByOne = 800;
const people = 200;
const reads = 400;

const rateOf = (figures: Figures | number) => (typeof figures === "number" ? figures : figures.perSecond);

function line({ what, figures, against }: Row) {
  const times =
    typeof figures === "number" ? {} : { "p50 ms": figures.p50.toFixed(2), "p99 ms": figures.p99.toFixed(2) };
  const ratio = against === null ? "" : `× ${(rateOf(figures) / rateOf(against)).toFixed(2)}`;
  return { what, "per second": Math.round(rateOf(figures)), ...times, "against the one above": ratio };
}

function messagesOf(count: number): Message[] {
  return Array.from({ length: count }, (_, place) => {
    const id = randomUUID();
    return { from: `3363998${String(place % people).padStart(4, "0")}`, wamid: `wamid.${id}`, text: id };
  });
}

function bodiesOf({ whatsapp }: Firm, messages: readonly Message[]): string[] {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = whatsapp.identity;
  return messages.map(({ from, text }) =>
    delivery(wabaId, [change(phoneNumberId, { messages: [wireMessage(from, text)] })]),
  );
}

async function bare(firm: Firm, bodies: readonly string[], databaseUrl?: string): Promise<Figures> {
  const port = await randomPort();
  const { app_secret: secret } = firm.whatsapp.identity;
  const server = await startChild({
    command: process.execPath,
    args: [join(import.meta.dirname, "bare-server.ts")],
    env: { ...process.env, PORT: String(port), SECRET: secret, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) },
  });
  await server.waitForLine(/listening/, 30_000);
  const figures = await measureWebhooks(`http://localhost:${port}`, secret, bodies);
  await server.stop();
  return figures;
}

/** Taking webhooks in, and understanding them: first with nobody to read them, so that neither disturbs the other. */
async function intakeAndProjection(firm: Firm, sql: postgres.Sql): Promise<Row[]> {
  const bodies = bodiesOf(firm, messagesOf(deliveries));
  const rows: Row[] = [];
  await firm.replace("worker", async () => {
    const verify = await bare(firm, bodies);
    const insert = await bare(firm, bodies, firm.postgres.url);
    const ours = await measureWebhooks(firm.origin, firm.whatsapp.identity.app_secret, bodies);
    rows.push({ what: "webhooks: bare check of the signature", figures: verify, against: null });
    rows.push({ what: "webhooks: check and one INSERT each", figures: insert, against: verify });
    rows.push({ what: "webhooks: ours, in group commits", figures: ours, against: insert });
    const [place] = await sql<{ workspaceId: string; channelId: string }[]>`
      select workspace_id as "workspaceId", id as "channelId" from channels`;
    if (!place) throw new Error("There is no number.");
    const start = performance.now();
    await projectOneByOne(sql, place, messagesOf(oneByOne));
    const rate = (oneByOne * 1000) / (performance.now() - start);
    rows.push({ what: "projection: one message at a time", figures: rate, against: null });
  });
  const against = rows.at(-1)?.figures ?? 0;
  rows.push({ what: "projection: ours, set by set", figures: await projectionRate(sql), against });
  return rows;
}

/** Messages a second between the first full batch and the last, so that starting up and waiting do not count. */
async function projectionRate(sql: postgres.Sql): Promise<number> {
  const isDone = async () => !(await sql`select from webhook_deliveries where projected_at is null limit 1`)[0];
  await until("all deliveries are understood", isDone, 120_000);
  const [row] = await sql<{ rate: number }[]>`
    with batches as (
      select projected_at, count(*) as size, row_number() over (order by projected_at) as place
      from webhook_deliveries group by projected_at having count(*) >= 100)
    select (sum(size) filter (where place > 1) / extract(epoch from max(projected_at) - min(projected_at)))::float8 as rate
    from batches`;
  return row?.rate ?? 0;
}

/** Opening a conversation, compared with a request that reads nothing. */
async function reading(firm: Firm, sql: postgres.Sql): Promise<Row[]> {
  const rep = await firm.rep();
  const [last] = await sql<{ id: string; contactId: string }[]>`
    select m.id, c.contact_id as "contactId" from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    order by m.at desc, m.seq desc limit 1`;
  if (!last) throw new Error("There is no message.");
  const place = { contactId: last.contactId, channelId: firm.channelId, before: last.id };
  const health = await measure(reads, 4, async () => void (await fetch(`${firm.origin}/healthz`)).body?.cancel());
  const me = await measure(reads, 4, async () => void (await rep.identity.me.query()));
  const history = await measure(reads, 4, async () => void (await rep.messaging.history.query(place)));
  return [
    { what: "reading: a request that reads nothing", figures: health, against: null },
    { what: "reading: who am I (token and membership)", figures: me, against: health },
    { what: "reading: a page of a conversation", figures: history, against: me },
  ];
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
const firm = await startFirm({ answerLost: 0, requestLost: 0, refused: 0 }, Math.random);
const sql = postgres(firm.postgres.url, { max: 1, onnotice: () => {} });
await meetPeople(firm, sql, 10);
const rows = [...(await intakeAndProjection(firm, sql)), ...(await reading(firm, sql))];
console.log(
  `${deliveries} deliveries over 16 connections, load and server on the same ${availableParallelism()} cores`,
);
await sql.end();
await firm.close();
console.table([...rows, ...(await consentRows())].map(line));
