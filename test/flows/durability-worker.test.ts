import type { Child } from "@aparte/launch/process.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  holdWebhooks,
  meet,
  optIn,
  passHealthyTime,
  reaches,
  sendFault,
  taken,
  templateNamed,
  templateTo,
  textTo,
  timesTaken,
} from "../support/conversation.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { killServer, startServer } from "../support/server-process.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let worker: Child;
beforeAll(async () => {
  world = await startWorld({ role: "api" });
  sql = postgres(world.database.url, { max: 2 });
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.stop();
  await sql?.end();
  await world?.close();
});

function startWorker(): Promise<Child> {
  return startServer({ ...world.app.deps.env, ROLE: "worker", LOG_LEVEL: "info" });
}

/** The worker is killed while WhatsApp has the message and its answer is on the way; another one takes over. */
async function killWhileSending(id: string): Promise<void> {
  await until("WhatsApp has it", async () => (await timesTaken(world, id)) === 1);
  await killServer(worker);
  expect(await leaseOf(id)).toBe("sending");
  await sql`update messaging_messages set lease_until = now() where id = ${id}`;
  worker = await startWorker();
}

async function leaseOf(id: string): Promise<string | undefined> {
  const [row] = await sql<{ state: string }[]>`
    select state from messaging_messages where id = ${id} and lease_until > now()`;
  return row?.state;
}

describe("a worker that dies between the intent to send and the answer", () => {
  it("never makes a rep's text go twice: it is unconfirmed, and settled by what WhatsApp says later", async () => {
    const contactId = await meet(world, sql, newNumber());
    const release = await holdWebhooks(world);
    await sendFault(world, { kind: "delay_answer", ms: 8_000 }, 1);
    const input = textTo(world, contactId);
    await world.rep.messaging.sendMessage.mutate(input);
    await killWhileSending(input.id);
    await reaches(sql, input.id, "unknown");
    await passHealthyTime(sql, 61);
    await reaches(sql, input.id, "unconfirmed");
    expect(await world.rep.messaging.sendMessage.mutate(input)).toMatchObject({
      message: { id: input.id, state: "unconfirmed", failure: { code: "messaging.unconfirmed" } },
    });
    await release();
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("never makes an advertisement go twice", async () => {
    const contactId = await meet(world, sql, newNumber());
    await optIn(world, contactId);
    const input = templateTo(world, contactId, await templateNamed(world, "welcome_intro"));
    const release = await holdWebhooks(world);
    await sendFault(world, { kind: "delay_answer", ms: 8_000 }, 1);
    await world.rep.messaging.sendTemplate.mutate(input);
    await killWhileSending(input.id);
    await reaches(sql, input.id, "unknown");
    await passHealthyTime(sql, 24 * 3600);
    await reaches(sql, input.id, "unconfirmed");
    await release();
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("changes nothing any more when it only slept and a person has sent the message again since", async () => {
    const contactId = await meet(world, sql, newNumber());
    const release = await holdWebhooks(world);
    await sendFault(world, { kind: "delay_answer", ms: 2_000 }, 1);
    const input = textTo(world, contactId);
    await world.rep.messaging.sendMessage.mutate(input);
    await until("WhatsApp has it", async () => (await timesTaken(world, input.id)) === 1);
    const sleeper = worker;
    process.kill(sleeper.pid, "SIGSTOP");
    await sql`update messaging_messages set lease_until = now() where id = ${input.id}`;
    worker = await startWorker();
    await reaches(sql, input.id, "unknown");
    await passHealthyTime(sql, 61);
    await reaches(sql, input.id, "unconfirmed");
    await world.rep.messaging.resend.mutate({ id: input.id });
    await reaches(sql, input.id, "accepted");
    process.kill(sleeper.pid, "SIGCONT");
    // In order: it first writes down what it learns from the answer that waited for it.
    await sleeper.stop();
    const [row] = await sql`select attempt, wamid, state from messaging_messages where id = ${input.id}`;
    const [, second] = (await taken(world)).filter(({ echo }) => echo === input.id);
    expect(row).toEqual({ attempt: 2, wamid: second?.wamid, state: "accepted" });
    await release();
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(2);
  });
});
