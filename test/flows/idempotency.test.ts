import { randomPort } from "@aparte/launch/ports.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  holdWebhooks,
  meet,
  optIn,
  passHealthyTime,
  reaches,
  sendFault,
  stateOf,
  templateNamed,
  templateTo,
  textTo,
  timesTaken,
} from "../support/conversation.ts";
import { change, delivery, newNumber, wireMessage } from "../support/meta-webhook.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let proxy: Proxy;
beforeAll(async () => {
  world = await startWorld({
    graphUrl: async (port) => {
      proxy = await startProxy(await randomPort(), port);
      return proxy.url;
    },
  });
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
  await proxy?.close();
});

type Send = (contactId: string) => Promise<string>;

/** A rep's text, an advertisement, a notice: each sends and answers the id of its message. */
const sends: Readonly<Record<"text" | "marketing" | "utility", Send>> = {
  text: async (contactId) => {
    const input = textTo(world, contactId);
    expect(await world.rep.messaging.sendMessage.mutate(input)).toMatchObject({ ok: true });
    return input.id;
  },
  marketing: async (contactId) => {
    await optIn(world, contactId);
    return sendTemplate(contactId, "welcome_intro");
  },
  utility: (contactId) => sendTemplate(contactId, "quote_ready"),
};

async function sendTemplate(contactId: string, name: string): Promise<string> {
  const input = templateTo(world, contactId, await templateNamed(world, name));
  expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ ok: true });
  return input.id;
}

describe("the same client id", () => {
  it("20 times at the same moment makes one text, and every call is answered with it", async () => {
    const input = textTo(world, await meet(world, sql, newNumber()));
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.rep.messaging.sendMessage.mutate(input)));
    expect(answers.map((answer) => (answer.ok ? answer.message.id : answer.refused))).toEqual(
      answers.map(() => input.id),
    );
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("20 times at the same moment makes one template message, whoever calls", async () => {
    const template = await templateNamed(world, "quote_ready");
    const input = templateTo(world, await meet(world, sql, newNumber()), template);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 === 0 ? world.rep : world.manager).messaging.sendTemplate.mutate(input),
      ),
    );
    expect(answers.every((answer) => answer.ok && answer.message.id === input.id)).toBe(true);
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("with ten different texts at the same moment makes one message and nine refusals", async () => {
    const input = textTo(world, await meet(world, sql, newNumber()));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        world.rep.messaging.sendMessage.mutate({ ...input, content: { kind: "text", text: `Number ${turn}` } }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refused === "messaging.id_reused")).toHaveLength(9);
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("is refused for other content, another kind and another person, and the first message stays as it is", async () => {
    const [ana, ben] = [await meet(world, sql, newNumber()), await meet(world, sql, newNumber())];
    const input = textTo(world, ana, "The first words");
    await world.rep.messaging.sendMessage.mutate(input);
    await reaches(sql, input.id, "read");
    const template = templateTo(world, ana, await templateNamed(world, "quote_ready"));
    const others = await Promise.all([
      world.rep.messaging.sendMessage.mutate({ ...input, content: { kind: "text", text: "Other words" } }),
      world.rep.messaging.sendMessage.mutate({ ...input, contactId: ben }),
      world.rep.messaging.sendTemplate.mutate({ ...template, id: input.id }),
    ]);
    expect(others.map((answer) => !answer.ok && answer.refused)).toEqual(others.map(() => "messaging.id_reused"));
    const again = await world.rep.messaging.sendMessage.mutate(input);
    expect(again).toMatchObject({ ok: true, message: { state: "read", content: { text: "The first words" } } });
    expect(await timesTaken(world, input.id)).toBe(1);
  });
});

const kinds = ["text", "marketing", "utility"] as const;

describe("an answer of WhatsApp that is lost", () => {
  it.each(kinds)("is settled by the status that echoes our id, and the %s is not sent twice", async (kind) => {
    const contactId = await meet(world, sql, newNumber());
    const release = await holdWebhooks(world);
    await sendFault(world, { kind: "drop_after" }, 1);
    const id = await sends[kind](contactId);
    await reaches(sql, id, "unknown");
    await release();
    await reaches(sql, id, "read");
    expect(await timesTaken(world, id)).toBe(1);
  });

  it.each(["text", "marketing"] as const)(
    "leaves a %s to a person after a minute, never to a machine",
    async (kind) => {
      const contactId = await meet(world, sql, newNumber());
      await sendFault(world, { kind: "drop_before" }, 1);
      const id = await sends[kind](contactId);
      await reaches(sql, id, "unknown");
      await passHealthyTime(sql, 61);
      await reaches(sql, id, "unconfirmed");
      await passHealthyTime(sql, 24 * 3600);
      await aSweep();
      expect([await stateOf(sql, id), await timesTaken(world, id)]).toEqual(["unconfirmed", 0]);
      expect(await world.rep.messaging.resend.mutate({ id })).toMatchObject({ ok: true, message: { id } });
      await reaches(sql, id, "read");
      expect(await timesTaken(world, id)).toBe(1);
      expect(await world.rep.messaging.resend.mutate({ id })).toMatchObject({ refused: "messaging.not_resendable" });
    },
  );

  it("has a notice sent once more after 15 minutes, and not a third time", async () => {
    const contactId = await meet(world, sql, newNumber());
    const lift = await sendFault(world, { kind: "drop_before" }, 2);
    const id = await sends.utility(contactId);
    await reaches(sql, id, "unknown");
    await passHealthyTime(sql, 14 * 60);
    await aSweep();
    expect(await stateOf(sql, id)).toBe("unknown");
    await passHealthyTime(sql, 61);
    await until("it is sent once more and lost again", async () => (await attemptsOf(id)) === 2);
    await reaches(sql, id, "unknown");
    await passHealthyTime(sql, 20 * 60);
    await reaches(sql, id, "unconfirmed");
    expect(await attemptsOf(id)).toBe(2);
    await lift();
  });

  it("has nothing sent whose words were taken away meanwhile, by a machine or by hand", async () => {
    const contactId = await meet(world, sql, newNumber());
    await sendFault(world, { kind: "drop_before" }, 1);
    const id = await sends.utility(contactId);
    await reaches(sql, id, "unknown");
    await sql`update messaging_messages set content = '{"kind": "deleted"}' where id = ${id}`;
    await passHealthyTime(sql, 15 * 60 + 1);
    await reaches(sql, id, "unconfirmed");
    expect(await world.rep.messaging.resend.mutate({ id })).toMatchObject({ refused: "messaging.not_resendable" });
    expect(await timesTaken(world, id)).toBe(0);
  });

  it("has a notice arrive exactly once when the first request never did", async () => {
    const contactId = await meet(world, sql, newNumber());
    await sendFault(world, { kind: "drop_before" }, 1);
    const id = await sends.utility(contactId);
    await reaches(sql, id, "unknown");
    await passHealthyTime(sql, 15 * 60 + 1);
    await reaches(sql, id, "read");
    expect(await timesTaken(world, id)).toBe(1);
  });

  it("is still settled when the news comes after the person was told that nobody knows", async () => {
    const contactId = await meet(world, sql, newNumber());
    const release = await holdWebhooks(world);
    await sendFault(world, { kind: "drop_after" }, 1);
    const id = await sends.text(contactId);
    await reaches(sql, id, "unknown");
    await passHealthyTime(sql, 61);
    await reaches(sql, id, "unconfirmed");
    await release();
    await reaches(sql, id, "read");
    expect(await timesTaken(world, id)).toBe(1);
  });

  it("is not judged by time in which deliveries wait to be read", async () => {
    const healthOf = async () => {
      const [row] = await sql<{ seconds: number; ticked: string }[]>`
        select healthy_seconds as seconds, ticked_at::text as ticked from webhook_health`;
      return { seconds: row?.seconds, ticked: row?.ticked };
    };
    const waiting = delivery("1", [change("2", { messages: [wireMessage(newNumber(), "held-back")] })]);
    await sql.begin(async (hold) => {
      await hold`lock table channels in access exclusive mode`;
      await sql`
        insert into webhook_deliveries (source, app_id, body, received_at)
        values ('whatsapp', '1', ${waiting}, now() - interval '11 seconds')`;
      const before = await until("a tick with the backlog in sight", async () => {
        const health = await healthOf();
        const [late] = await sql`
          select from webhook_deliveries, webhook_health where body = ${waiting} and ticked_at > received_at + interval '11 seconds'`;
        return late && health;
      });
      await until("another tick", async () => (await healthOf()).ticked !== before.ticked);
      expect((await healthOf()).seconds).toBe(before.seconds);
    });
  });
});

describe("a request that never left", () => {
  it.each(kinds)("is made again until it can be: %s", async (kind) => {
    const contactId = await meet(world, sql, newNumber());
    await proxy.refuse();
    const id = await sends[kind](contactId);
    await until("it was tried", async () => (await attemptsOf(id)) > 0);
    await reaches(sql, id, "queued");
    await proxy.open();
    await reaches(sql, id, "read");
    expect(await timesTaken(world, id)).toBe(1);
  });
});

async function attemptsOf(id: string): Promise<number> {
  const [row] = await sql<{ attempt: number }[]>`select attempt from messaging_messages where id = ${id}`;
  return row?.attempt ?? 0;
}

/** Waits until the sweeper has been round once more: it must by then have ended a doubt that is due. */
async function aSweep(): Promise<void> {
  const [due] = await sql<{ id: string }[]>`
    insert into messaging_messages (workspace_id, id, conversation_id, direction, content, category, state, state_rank, at,
      unknown_since_healthy)
    select workspace_id, gen_random_uuid(), id, 'out', '{"kind": "text", "text": "due"}', 'SERVICE', 'unknown', 4, now(), -1e6
    from messaging_conversations limit 1 returning id`;
  await reaches(sql, due?.id ?? "", "unconfirmed");
}
