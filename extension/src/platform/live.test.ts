import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualPacing } from "../testing/manual-pacing.ts";
import { followLive, retryDelay, type LiveSource, type SourceNews } from "./live.ts";

/** A log that a stream reads from its cursor, and the streams that are open on it. */
function logServer() {
  const log: string[] = [];
  const open = new Set<{ at: number; on: SourceNews<string> }>();
  let down = false;
  const source: LiveSource<string> = (cursor, on) => {
    const stream = { at: cursor === null ? 0 : Number(cursor), on };
    open.add(stream);
    if (down) on.broke();
    else on.opened();
    deliver();
    return () => open.delete(stream);
  };
  const deliver = (): void => {
    if (down) return;
    for (const stream of open) {
      while (stream.at < log.length) {
        const line = log[stream.at] ?? "";
        stream.at += 1;
        stream.on.arrived(String(stream.at), line);
      }
    }
  };
  return {
    source,
    open,
    write: (line: string) => {
      log.push(line);
      deliver();
    },
    fail: () => {
      down = true;
      for (const stream of open) stream.on.broke();
    },
    recover: () => {
      down = false;
    },
  };
}

describe("the live stream", () => {
  it("misses and repeats nothing, whatever breaks and whenever one looks away", () => {
    const step = fc.constantFrom("write", "fail", "recover", "wait", "sleep", "wake", "retry");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = logServer();
        const pacing = manualPacing();
        const seen: string[] = [];
        const stream = followLive(server.source, { onUpdate: (line) => seen.push(line), onState: () => {} }, pacing);
        let written = 0;
        const act = {
          write: () => server.write(String(written++)),
          fail: server.fail,
          recover: server.recover,
          wait: pacing.next,
          sleep: () => stream.setAwake(false),
          wake: () => stream.setAwake(true),
          retry: stream.retryNow,
        };
        for (const name of steps) {
          act[name]();
          expect(server.open.size).toBeLessThanOrEqual(1);
        }
        server.recover();
        stream.setAwake(true);
        pacing.next();
        expect(seen).toEqual(Array.from({ length: written }, (_, index) => String(index)));
        stream.stop();
        expect([server.open.size, pacing.waiting()]).toEqual([0, 0]);
      }),
    );
  });

  it("says when it tries again, and waits longer each time", () => {
    const server = logServer();
    const pacing = manualPacing();
    const delays: number[] = [];
    const states: string[] = [];
    followLive(
      server.source,
      {
        onUpdate: () => {},
        onState: (state, retryAt) => {
          states.push(state);
          if (retryAt !== null) delays.push(Date.parse(retryAt) - pacing.now());
        },
      },
      pacing,
    );
    server.fail();
    for (let attempt = 0; attempt < 6; attempt++) pacing.next();
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    server.recover();
    pacing.next();
    server.fail();
    expect(delays.at(-1)).toBe(1_000);
    expect(states.filter((state) => state === "connected")).toHaveLength(2);
  });

  it("closes its connection while nobody looks", () => {
    const server = logServer();
    const stream = followLive(server.source, { onUpdate: () => {}, onState: () => {} }, manualPacing());
    stream.setAwake(false);
    expect(server.open.size).toBe(0);
    stream.setAwake(true);
    expect(server.open.size).toBe(1);
  });

  it("spreads attempts by a fifth to either side", () => {
    expect(retryDelay(1, 0)).toBe(800);
    expect(retryDelay(1, 1)).toBe(1_200);
    expect(retryDelay(20, 1)).toBe(36_000);
  });
});
