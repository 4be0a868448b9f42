import { describe, expect, it } from "vitest";
import { VirtualClock } from "./clock.ts";

const HOUR_MS = 3_600_000;

describe("VirtualClock", () => {
  it("starts where it is told and moves on with real time", () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 1));
    expect(clock.iso()).toMatch(/^2026-11-01T00:00:0/u);
    expect(clock.seconds()).toBe(Math.floor(clock.now() / 1000));
  });

  it("fires timers at their own time and in their order when it is moved past them", async () => {
    const clock = new VirtualClock(0);
    const fired: [string, number][] = [];
    const hours = () => Math.round(clock.now() / HOUR_MS);
    clock.after(30 * HOUR_MS, () => void fired.push(["later", hours()]));
    clock.after(2 * HOUR_MS, async () => {
      await Promise.resolve();
      fired.push(["first", hours()]);
      clock.after(3 * HOUR_MS, () => void fired.push(["set on the way", hours()]));
    });
    await clock.advance(24 * HOUR_MS);
    expect(fired).toEqual([
      ["first", 2],
      ["set on the way", 5],
    ]);
    expect(hours()).toBe(24);
    await clock.advance(24 * HOUR_MS);
    expect(fired.at(-1)).toEqual(["later", 30]);
  });

  it("fires by itself when real time gets there, unless cancelled", async () => {
    const clock = new VirtualClock();
    const cancel = clock.after(1, () => expect.unreachable("was cancelled"));
    cancel();
    await new Promise<void>((resolve) => clock.after(5, resolve));
  });

  it("tells whoever moved it about a task that failed, and goes on working", async () => {
    const clock = new VirtualClock();
    clock.after(HOUR_MS, () => Promise.reject(new Error("task failed")));
    await expect(clock.advance(2 * HOUR_MS)).rejects.toThrow("task failed");
    let fired = false;
    clock.after(HOUR_MS, () => void (fired = true));
    await clock.advance(2 * HOUR_MS);
    expect(fired).toBe(true);
  });

  it("can be moved back", async () => {
    const clock = new VirtualClock(10 * HOUR_MS);
    await clock.set(HOUR_MS);
    expect(Math.round(clock.now() / HOUR_MS)).toBe(1);
  });

  it("can stand still, and go back to where it started", async () => {
    const clock = new VirtualClock(HOUR_MS, { ticks: false });
    let fired = false;
    clock.after(0, () => void (fired = true));
    await new Promise<void>((resolve) => void new VirtualClock().after(20, resolve));
    expect([clock.now(), fired]).toEqual([HOUR_MS, false]);
    await clock.advance(5);
    expect([clock.now(), fired]).toEqual([HOUR_MS + 5, true]);
    clock.reset();
    expect(clock.now()).toBe(HOUR_MS);
  });
});
