import { isShare } from "../../platform/guards.ts";
import { item, type Item } from "../../platform/storage.ts";

/** How far down the window the edge tab was left on an origin, 0 to 1. */
export function launcherTop(origin: string): Item<number> {
  return item("local", `launcher:${origin}`, (value) => (isShare(value) ? value : null));
}
