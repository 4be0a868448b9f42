import type { AppRouter } from "@aparte/api/router";
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import { EventSource } from "eventsource";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

/** Follows a person from a cursor on and collects what is told, message ids in the order of their first mention. */
function follow(contactId: string, cursor: string) {
  const texts: string[] = [];
  const ids = new Set<string>();
  let last = cursor;
  const client = createTRPCClient<AppRouter>({
    links: [
      httpSubscriptionLink({
        url: `${world.origin}/trpc`,
        EventSource,
        eventSourceOptions: {
          fetch: (url, init) =>
            fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${world.tokens.rep}` } }),
        },
      }),
    ],
  });
  const opened = Promise.withResolvers<void>();
  const subscription = client.messaging.live.subscribe(
    { contactId, channelId: world.channelId, cursor },
    {
      onStarted: () => opened.resolve(),
      onData: ({ id, data }) => {
        last = id;
        for (const message of data.messages) {
          if (!ids.has(message.id) && message.content.kind === "text") texts.push(message.content.text);
          ids.add(message.id);
        }
      },
    },
  );
  return { texts, opened: opened.promise, cursor: () => last, stop: () => subscription.unsubscribe() };
}

it("tells everything once and in order, across streams that are cut again and again", async () => {
  const from = "5511912349001";
  await world.inbound({ from, profile_name: "Ana", type: "text", text: { body: "first" } });
  const contactId = await until("the contact is known", async () => {
    const [row] = await world.app.deps.database.system.execute<{ id: string }>(
      `select id from contacts where wa_id = '${from}'`,
    );
    return row?.id;
  });
  const heard: string[] = [];
  let cursor = "0.0";
  for (let round = 0; round < 5; round += 1) {
    const stream = follow(contactId, cursor);
    await stream.opened;
    if (round > 0) await until("it has caught up", async () => stream.texts.includes(`missed ${round - 1}`));
    // One while it listens, one that it has to catch up with.
    await world.inbound({ from, type: "text", text: { body: `live ${round}` } });
    await until("the message is told", async () => stream.texts.includes(`live ${round}`));
    stream.stop();
    heard.push(...stream.texts);
    cursor = stream.cursor();
    await world.inbound({ from, type: "text", text: { body: `missed ${round}` } });
  }
  const last = follow(contactId, cursor);
  await until("the last one is told", async () => last.texts.includes("missed 4"));
  last.stop();
  heard.push(...last.texts);
  expect(heard).toEqual(["first", ...[0, 1, 2, 3, 4].flatMap((round) => [`live ${round}`, `missed ${round}`])]);
});

it("lets the server stop at once although a stream is open", async () => {
  const stream = follow("01a20000-0000-7000-8000-000000000000", "0.0");
  await stream.opened;
  const start = performance.now();
  await world.app.http.close();
  stream.stop();
  // Clients keep an idle connection for some seconds at least (4 s here, minutes in browsers): nobody waits for that.
  expect(performance.now() - start).toBeLessThan(3_000);
});
