import type { LiveUpdate } from "@aparte/core/record-view.ts";
import { initTRPC, tracked } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApi } from "../../platform/api.ts";
import { createApiPort } from "./api-port.ts";

const contactId = "00000000-0000-4000-8000-000000000001";
const channelId = "00000000-0000-4000-8000-000000000002";
const windowOpen = (minute: number): LiveUpdate => ({
  messages: [],
  window: { state: "open", closesAt: `2026-11-22T10:${String(minute).padStart(2, "0")}:00.000Z` },
});
type Told = LiveUpdate & { syncChanged?: true; recordChanged?: true };
const doNotCall = { crm: "salesforce", kind: "do_not_call", field: "Do Not Call" } as const;
type LiveRequest = { readonly cursor: string; readonly lastEventId?: string | null };
const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** A server with the same procedures, in this process: a log to stream, and connections that can be cut. */
function liveServer() {
  const log: Told[] = [];
  const requests: LiveRequest[] = [];
  const authorizations: (string | null)[] = [];
  const connections = new Set<AbortController>();
  let wake = Promise.withResolvers<void>();
  let up = true;
  const { router, procedure } = initTRPC.create();
  const sync = { state: "synced", lastSyncedAt: "2026-11-22T10:00:00.000Z", reason: null };
  const app = router({
    messaging: router({
      live: procedure
        .input((input: unknown) => input as LiveRequest)
        .subscription(async function* ({ input, signal }) {
          requests.push(input);
          for (let at = Number(input.lastEventId ?? input.cursor); !signal?.aborted;) {
            const next = log[at];
            if (next) yield tracked(String(++at), next);
            else await wake.promise;
          }
        }),
    }),
    crm: router({
      sync: procedure.input((input: unknown) => input).query(() => sync),
      signals: procedure.input((input: unknown) => input).query(() => [doNotCall]),
    }),
  });
  const send: typeof fetch = async (address, init) => {
    if (!up) throw new TypeError("Failed to fetch");
    const cut = new AbortController();
    connections.add(cut);
    const req = new Request(address, init);
    authorizations.push(req.headers.get("authorization"));
    const answer = await fetchRequestHandler({ endpoint: "/trpc", req, router: app });
    const body = answer.body?.pipeThrough(new TransformStream(), { signal: cut.signal, preventCancel: true });
    return new Response(body ?? null, answer);
  };
  const write = (update: Told): void => {
    log.push(update);
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const cut = (): void => {
    for (const connection of connections) connection.abort(new TypeError("network error"));
    connections.clear();
  };
  const setUp = (now: boolean): boolean => (up = now);
  return { send, write, cut, setUp, requests, authorizations };
}

function followed(server: ReturnType<typeof liveServer>) {
  const tokens = { current: async () => "short-lived", refuse: () => undefined };
  const port = createApiPort(createApi("https://wa.example.com", tokens, server.send), () =>
    Promise.reject(new Error("unused")),
  );
  const updates: LiveUpdate[] = [];
  const states: string[] = [];
  stops.push(
    port.subscribe(
      { contactId, channelId, cursor: "0" },
      { onUpdate: (update) => updates.push(update), onState: (state) => states.push(state) },
    ),
  );
  return { port, updates, states };
}

describe("the conversation's live stream over the API", () => {
  it("carries its token in a header and never in an address", async () => {
    const server = liveServer();
    const { updates, states } = followed(server);
    server.write(windowOpen(1));
    await vi.waitFor(() => expect(updates).toEqual([windowOpen(1)]));
    expect(states).toEqual(["connected"]);
    expect(server.authorizations).toEqual(["Bearer short-lived"]);
    expect(JSON.stringify(server.requests)).not.toContain("short-lived");
  });

  it("goes on after the last news when the connection breaks, and misses none", async () => {
    const server = liveServer();
    const { port, updates, states } = followed(server);
    server.write(windowOpen(1));
    await vi.waitFor(() => expect(updates).toHaveLength(1));
    server.setUp(false);
    server.cut();
    await vi.waitFor(() => expect(states.at(-1)).toBe("reconnecting"));
    server.write(windowOpen(2));
    server.write(windowOpen(3));
    server.setUp(true);
    port.retryStreams();
    await vi.waitFor(() => expect(updates).toEqual([windowOpen(1), windowOpen(2), windowOpen(3)]));
    expect(server.requests.at(-1)?.lastEventId).toBe("1");
    expect(states.at(-1)).toBe("connected");
  });

  it("completes the news that the person's record in the CRM has changed", async () => {
    const server = liveServer();
    const { updates } = followed(server);
    server.write({ messages: [], recordChanged: true });
    await vi.waitFor(() => expect(updates).toEqual([{ messages: [] }, { messages: [], signals: [doNotCall] }]));
  });

  it("completes the news that the copy in the CRM has changed", async () => {
    const server = liveServer();
    const { updates } = followed(server);
    server.write({ messages: [], syncChanged: true });
    await vi.waitFor(() => expect(updates.at(-1)?.sync?.state).toBe("synced"));
    expect(updates[0]).toEqual({ messages: [] });
  });

  it("is closed while nobody looks, and catches up afterwards", async () => {
    const server = liveServer();
    const { port, updates } = followed(server);
    server.write(windowOpen(1));
    await vi.waitFor(() => expect(updates).toHaveLength(1));
    port.setAwake(false);
    server.write(windowOpen(2));
    port.setAwake(true);
    await vi.waitFor(() => expect(updates).toEqual([windowOpen(1), windowOpen(2)]));
    expect(server.requests).toHaveLength(2);
  });
});
