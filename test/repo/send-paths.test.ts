import { describe, expect, it } from "vitest";
import { sendPaths } from "../support/send-paths.ts";
import { files, importsOf, product, read } from "./sources.ts";
import { calleeOf, functionAround, isNode, nameOf, nodesOf, textOf, type Found } from "./syntax.ts";

const api = product.filter((file) => file.startsWith("api/src/"));
const nodes = api.flatMap(nodesOf);
const place = (file: string) => file.replace("api/src/", "");
const placeOf = (found: Found) => `${place(found.file)} ${functionAround(found)}`;

describe("what Meta's /messages is called with", () => {
  const client = product.filter((file) => file.startsWith("packages/whatsapp/src/"));
  /** Edges of the Graph API that our client can name, each with the function that names it: `[id, "messages"]`. */
  const edges = client.flatMap(nodesOf).flatMap((found) => {
    if (found.node.type !== "ArrayExpression") return [];
    const [owner, edge, ...rest] = found.node["elements"] as readonly unknown[];
    const word = isNode(edge) ? textOf(edge) : null;
    const isPath = isNode(owner) && !/Literal|Spread/.test(owner.type) && word !== null && rest.length === 0;
    return isPath ? [{ edge: word, by: `${found.file.split("/").at(-1)} ${functionAround(found)}` }] : [];
  });

  it("is a message in one place; the others say that something was read", () => {
    expect(client.length).toBeGreaterThan(40);
    expect(edges.length).toBeGreaterThan(15);
    expect(edges.filter(({ edge }) => edge === "messages").map(({ by }) => by)).toEqual([
      // Ticks and "is typing": the person is told nothing that they did not ask for by writing (markRead, showTyping).
      "message-calls.ts read",
      "message-calls.ts sendMessage",
    ]);
  });

  it("has no other edge beside it that reaches a person", () => {
    // Edges of Meta that send: our client knows none of them.
    const reaching = /^(marketing_messages|calls|groups|messages_history|pin|send)$|\bmessages\b(?<!^messages)/;
    expect(edges.filter(({ edge }) => reaching.test(edge))).toEqual([]);
    const urls = client.flatMap(nodesOf).filter(({ node }) => /\/(marketing_)?messages\b/.test(textOf(node) ?? ""));
    expect(urls.map(placeOf)).toEqual([]);
  });
});

describe("what calls it", () => {
  const calls = (name: string, isMethod: boolean) =>
    nodes.filter(({ node }) => {
      const callee = calleeOf(node);
      return callee?.name === name && callee.isMethod === isMethod;
    });

  it("is the lane alone, after the gate and inside the fence", () => {
    expect(calls("sendMessage", true).map(placeOf)).toEqual(["messaging/lane.ts sendPassed"]);
    const taken = nodes.filter(
      ({ node }) =>
        node.type === "ObjectPattern" &&
        (node["properties"] as readonly unknown[]).some((one) => isNode(one) && nameOf(one["key"]) === "sendMessage"),
    );
    expect(taken.map(placeOf)).toEqual([]);
    expect(calls("createWhatsAppClient", false).map(placeOf)).toEqual(["channels/client.ts clientFor"]);
    const order = (fn: string) =>
      nodes
        .filter((found) => found.file === "api/src/messaging/lane.ts" && functionAround(found) === fn)
        .flatMap(({ node }) => calleeOf(node)?.name ?? []);
    expect(order("sendClaimed").indexOf("pass")).toBeLessThan(order("sendClaimed").indexOf("sendPassed"));
    expect(calls("sendPassed", false).map(placeOf)).toEqual(["messaging/lane.ts sendClaimed"]);
    expect(order("sendClaimed")).toContain("pass");
    expect(calls("sendClaimed", false).map(({ file }) => place(file))).toEqual(["messaging/workers.ts"]);
    expect(order("prepare").indexOf("passGate")).toBeGreaterThan(-1);
    expect(order("prepare").indexOf("passGate")).toBeLessThan(order("prepare").indexOf("commitIntent"));
    expect(calls("decideSend", false).map(placeOf)).toContain("messaging/lane-gate.ts passGate");
  });

  it("reaches nobody by another wire: the API has no HTTP client of its own", () => {
    expect(calls("fetch", false).map(placeOf)).toEqual([]);
    const wires = api
      .flatMap(importsOf)
      .filter(({ to }) => /^(node:)?(https?|http2|tls|dgram)$|^(undici|axios|got|node-fetch)/.test(to));
    expect(wires.filter(({ typeOnly }) => !typeOnly).map(({ from }) => from)).toEqual([]);
  });

  it("cannot be told to leave the fence out, except by tests", () => {
    const users = product.flatMap(importsOf).filter(({ to, typeOnly }) => to === "api/src/app.ts" && !typeOnly);
    expect(users.map(({ from }) => from)).toEqual(["api/src/main.ts"]);
    const created = calls("createApp", false);
    expect(created.length).toBe(1);
    const keys = created.flatMap(({ node }) =>
      (node["arguments"] as readonly { readonly properties: readonly { readonly key: unknown }[] }[]).flatMap(
        ({ properties }) => properties.map(({ key }) => nameOf(key)),
      ),
    );
    expect(keys).toEqual(["env"]);
  });
});

describe("what puts a message into the lane", () => {
  const statements = nodes.flatMap((found) => {
    const text = textOf(found.node)?.toLowerCase() ?? "";
    const isInsert = /insert\s+into\s+messaging_messages/.test(text);
    const [, set = ""] = /update\s+messaging_messages[^]*?\bset\b([^]*?)(?:\bfrom\b|\bwhere\b|$)/.exec(text) ?? [];
    const isQueued = isInsert || /\bstate = (\$\{\}|'queued'|case[^]*?'queued')/.test(set);
    return isQueued ? [`${placeOf(found)}: ${isInsert ? "insert" : "update"}`] : [];
  });

  it("is known by name", () => {
    expect(statements.toSorted()).toEqual([
      // Received, or written on the phone: never queued, as the state of what people wrote comes from Meta.
      "messaging/apply-messages.ts insertMessages: insert",
      // Erasure takes messages out of the lane.
      "messaging/erase.ts eraseConversations: update",
      // What is held, put off or swept comes to the gate again.
      "messaging/lane-settle.ts settleHeld: update",
      "messaging/lane-settle.ts settleLater: update",
      "messaging/queue.ts queue: insert",
      "messaging/resend.ts resend: update",
      "messaging/send-many.ts insertMany: insert",
      "messaging/sweep.ts sweepLeases: update",
      "messaging/sweep.ts sweepUnknown: update",
    ]);
    const received = nodes.filter((found) => placeOf(found) === "messaging/apply-messages.ts insertMessages");
    expect(received.length).toBeGreaterThan(50);
    expect(received.filter(({ node }) => /\bqueued\b/.test(textOf(node) ?? ""))).toEqual([]);
  });

  it("is reached on the ways of the table, each with a test of its own", () => {
    const { ways, steps } = waysTo([
      "messaging/queue.ts queue",
      "messaging/send-many.ts insertMany",
      "messaging/resend.ts resend",
    ]);
    expect(steps.toSorted()).toEqual([
      "messaging/queue.ts queueBySystem",
      "messaging/queue.ts queueOnce",
      "messaging/send-many.ts queueMany",
      "messaging/send-many.ts sendMany",
      "messaging/send.ts sendMessage",
      "messaging/send.ts sendTemplate",
    ]);
    expect(ways.toSorted()).toEqual(sendPaths.map(({ from }) => from).toSorted());
    const flows = "test/flows/send-paths.test.ts";
    expect(files).toContain(flows);
    expect(sendPaths.filter(({ test }) => !read(flows).includes(`describe("${test}"`))).toEqual([]);
    // Whoever is asked at once is told the reason: the verb itself goes to the gate before it queues.
    const asking = waysTo(["messaging/may-send.ts mayLeave", "messaging/send-many.ts reasonsAgainst"]).ways;
    expect(sendPaths.filter(({ from, asked }) => asking.includes(from) !== asked.startsWith("at once"))).toEqual([]);
  });
});

/** What only starts everything begins no way of its own. */
const starters = /^(main|app|messaging\/workers)\.ts /;

/** Who calls these functions, and who calls those: the steps between, and the ways' beginnings, which nothing of ours calls. */
function waysTo(targets: readonly string[]) {
  const edges = nodes.flatMap((found) => {
    const callee = calleeOf(found.node) ?? passedOn(found);
    if (callee === null || callee.isMethod) return [];
    const from = placeOf(found);
    return starters.test(from) ? [] : [{ from, to: definedBy(found.file, callee.name) }];
  });
  const reached = new Set(targets);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { from, to } of edges) if (reached.has(to)) reached.add(from);
  }
  const called = new Set(edges.filter(({ from }) => reached.has(from)).map(({ to }) => to));
  const all = [...reached].filter((one) => !targets.includes(one));
  return { ways: all.filter((one) => !called.has(one)), steps: all.filter((one) => called.has(one)) };
}

/** A function that is handed to another as it is counts as called where that happens. */
function passedOn({ node, around }: Found) {
  const holder = around.at(-1);
  const isArgument = holder?.type === "CallExpression" && (holder["arguments"] as readonly unknown[]).includes(node);
  return isArgument && node.type === "Identifier" ? { name: String(node["name"]), isMethod: false } : null;
}

const imported = new Map(
  api.map((file) => [
    file,
    new Map(
      nodesOf(file)
        .filter(({ node }) => node.type === "ImportDeclaration")
        .flatMap(({ node }) => {
          const specifier = textOf(node["source"] as Found["node"]) ?? "";
          const to = importsOf(file).find((one) => one.to.endsWith(specifier.replace(/^(\.\.?\/)+/, "/")))?.to ?? "";
          return (node["specifiers"] as readonly Found["node"][]).map(
            (one) => [nameOf(one["local"]), `${place(to)} ${nameOf(one["imported"])}`] as const,
          );
        }),
    ),
  ]),
);

/** The function that a name stands for in a file. */
function definedBy(file: string, name: string): string {
  return imported.get(file)?.get(name) ?? `${place(file)} ${name}`;
}
