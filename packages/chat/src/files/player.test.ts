import { describe, expect, it, vi } from "vitest";
import { createPlayer, type Sound } from "./player.ts";

/** A sound without ears: it plays when asked, and tells so as the browser does. */
class SilentSound extends EventTarget implements Sound {
  src = "";
  currentTime = 0;
  duration = 14;
  playbackRate = 1;
  paused = true;
  broken = false;
  async play(): Promise<void> {
    if (this.broken) throw new DOMException("cannot decode", "NotSupportedError");
    this.paused = false;
    this.dispatchEvent(new Event("play"));
  }
  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }
}

function scene() {
  const sound = new SilentSound();
  const player = createPlayer(
    async (id) => (id === "gone" ? null : `https://files.example/${id}`),
    () => sound,
  );
  return { sound, player };
}

describe("the player", () => {
  it("plays, pauses, and remembers what was heard", async () => {
    const { sound, player } = scene();
    player.toggle("a");
    await vi.waitFor(() => expect(player.getState()).toMatchObject({ fileId: "a", playing: true }));
    expect(sound.src).toBe("https://files.example/a");
    player.toggle("a");
    expect(player.getState()).toMatchObject({ playing: false });
    expect(player.getState().played.has("a")).toBe(true);
  });

  it("plays one sound at a time, from its beginning, at the chosen speed", async () => {
    const { sound, player } = scene();
    player.toggle("a");
    await vi.waitFor(() => expect(player.getState().playing).toBe(true));
    player.seek("a", 7);
    player.nextSpeed();
    player.toggle("b");
    await vi.waitFor(() => expect(player.getState()).toMatchObject({ fileId: "b", playing: true, at: 0, speed: 1.5 }));
    expect([sound.src, sound.playbackRate]).toEqual(["https://files.example/b", 1.5]);
    player.seek("a", 3);
    expect(player.getState().at).toBe(0);
  });

  it("goes round its speeds", () => {
    const { player } = scene();
    const speeds = [1, 2, 3].map(() => {
      player.nextSpeed();
      return player.getState().speed;
    });
    expect(speeds).toEqual([1.5, 2, 1]);
  });

  it("says which sound it cannot play: not there, or not understood", async () => {
    const { sound, player } = scene();
    player.toggle("gone");
    await vi.waitFor(() => expect(player.getState().failed).toBe("gone"));
    sound.broken = true;
    player.toggle("b");
    await vi.waitFor(() => expect(player.getState()).toMatchObject({ failed: "b", playing: false }));
  });

  it("returns to the beginning at the end", async () => {
    const { sound, player } = scene();
    player.toggle("a");
    await vi.waitFor(() => expect(player.getState().playing).toBe(true));
    sound.currentTime = 14;
    sound.dispatchEvent(new Event("ended"));
    expect(player.getState()).toMatchObject({ playing: false, at: 0 });
    expect(sound.currentTime).toBe(0);
  });
});
