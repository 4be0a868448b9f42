import type { RecordView } from "@aparte/core/record-view.ts";
import { isObject } from "../../platform/guards.ts";
import { personalPrefixes } from "../../platform/session.ts";
import { item, type Item } from "../../platform/storage.ts";

type Ready = Extract<RecordView, { state: "ready" }>;

/**
 * The last answer about a record or a number (its key), for the time in which the API is silent. In the browser's memory only: conversations are
 * never written to the disk, and are gone when the browser closes or the person signs out.
 */
export function rememberedView(userId: string, subject: string): Item<Ready> {
  return item("session", `${personalPrefixes.session}${userId}:${subject}`, (value) => (isReady(value) ? value : null));
}

/** Only this version of the extension writes here (an update empties the browser's memory), so the outside is enough. */
function isReady(value: unknown): value is Ready {
  return isObject(value) && value.state === "ready" && isObject(value.conversation);
}
