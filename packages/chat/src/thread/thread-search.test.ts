import type { ThreadView } from "@aparte/core/crm-thread.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { describe, expect, it } from "vitest";
import { message, record } from "../../gallery/people.ts";
import type { ThreadQuestion } from "../port.ts";
import { createThreadSearch } from "./thread-search.ts";

const header = record({}).record;
function page(texts: readonly string[], hasMore = false): Outcome<{ thread: ThreadView }> {
  if (header === null) throw new Error("The gallery's record has a header");
  const messages = texts.map((text) => ({ contactId: "c1", message: { ...message("in", "10:00", text), id: text } }));
  return { ok: true, thread: { record: header, people: [], messages, hasMore } };
}

/** A thread whose questions a test answers one by one. */
function thread() {
  const asked: (ThreadQuestion & PromiseWithResolvers<Outcome<{ thread: ThreadView }>>)[] = [];
  const search = createThreadSearch((question) => {
    const answer = Promise.withResolvers<Outcome<{ thread: ThreadView }>>();
    asked.push({ ...question, ...answer });
    return answer.promise;
  });
  const texts = () => search.getState().view?.messages.map(({ message: { id } }) => id) ?? null;
  return { asked, search, texts };
}

describe("everyone's messages", () => {
  it("come page by page, earlier ones before those that are there", async () => {
    const { asked, search, texts } = thread();
    const first = search.search("");
    asked[0]?.resolve(page(["c", "d"], true));
    await first;
    const older = search.loadOlder();
    expect(asked[1]).toMatchObject({ words: "", before: "c" });
    asked[1]?.resolve(page(["a", "b"]));
    await older;
    expect(texts()).toEqual(["a", "b", "c", "d"]);
    await search.loadOlder();
    expect(asked).toHaveLength(2);
  });

  it("are those of the last words, whichever answer comes last", async () => {
    const { asked, search, texts } = thread();
    const [slow, fast] = [search.search("quote"), search.search("invoice")];
    asked[1]?.resolve(page(["invoice"]));
    await fast;
    asked[0]?.resolve(page(["quote"]));
    await slow;
    expect(texts()).toEqual(["invoice"]);
  });

  it("stay in sight when the server is silent, and are asked for again", async () => {
    const { asked, search, texts } = thread();
    const first = search.search("");
    asked[0]?.resolve(page(["a"], true));
    await first;
    const older = search.loadOlder();
    asked[1]?.reject(new TypeError("Failed to fetch"));
    await older;
    expect(search.getState().state).toBe("unreachable");
    expect(texts()).toEqual(["a"]);
    const again = search.retry();
    asked[2]?.resolve(refused("crm.record_not_found"));
    await again;
    expect(search.getState()).toEqual({ view: null, state: { refused: "crm.record_not_found" } });
  });
});
