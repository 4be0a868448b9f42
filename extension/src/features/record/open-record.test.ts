import type { RecordView } from "@aparte/core/record-view.ts";
import { describe, expect, it, vi } from "vitest";
import { manualPacing } from "../../testing/manual-pacing.ts";
import { openRecord, type Opened } from "./open-record.ts";

const record = {
  ref: { crm: "hubspot", account: "42", type: "contact", id: "101" },
  name: "Ana Souza",
  url: "https://app.hubspot.com/contacts/42/record/0-1/101",
} as const;
const noNumber: RecordView = { state: "no_number", record, people: [] };
const invalid: RecordView = { state: "invalid_number", record, numbers: [] };

/** An API whose answers a test gives one by one, and what the panel was told. */
function opening(remembered: RecordView | null = null) {
  const pacing = manualPacing();
  const asked: { number: string | null; settle: PromiseWithResolvers<RecordView> }[] = [];
  const told: Opened[] = [];
  const running = openRecord(
    {
      ask: (number) => {
        const settle = Promise.withResolvers<RecordView>();
        asked.push({ number, settle });
        return settle.promise;
      },
      remembered: async () => remembered,
      onChange: (opened) => told.push(opened),
    },
    pacing,
  );
  const answer = (turn: number, view: RecordView | Error): void => {
    const settle = asked[turn]?.settle;
    if (view instanceof Error) settle?.reject(view);
    else settle?.resolve(view);
  };
  return { running, asked, told, answer, pacing };
}

const silent = new TypeError("Failed to fetch");

describe("opening a record", () => {
  it("tells what the API answers", async () => {
    const { answer, told } = opening();
    answer(0, noNumber);
    await vi.waitFor(() => expect(told).toEqual([{ view: noNumber, reachable: true, retryAt: null }]));
  });

  it("shows what is remembered until the API answers", async () => {
    const { answer, told } = opening(invalid);
    await vi.waitFor(() => expect(told).toEqual([{ view: invalid, reachable: true, retryAt: null }]));
    answer(0, noNumber);
    await vi.waitFor(() => expect(told.at(-1)?.view).toEqual(noNumber));
  });

  it("does not fall back to what is remembered when the answer came first", async () => {
    const { answer, told } = opening(invalid);
    answer(0, noNumber);
    await vi.waitFor(() => expect(told.at(-1)?.view).toEqual(noNumber));
    await Promise.resolve();
    expect(told.at(-1)?.view).toEqual(noNumber);
  });

  it("goes on showing it while the API is silent, and asks until it answers", async () => {
    const { answer, told, asked, pacing } = opening(invalid);
    answer(0, silent);
    await vi.waitFor(() =>
      expect(told.at(-1)).toEqual({
        view: invalid,
        reachable: false,
        retryAt: new Date(pacing.now() + 1_000).toISOString(),
      }),
    );
    pacing.next();
    expect(told.at(-1)).toEqual({ view: invalid, reachable: false, retryAt: null });
    answer(1, silent);
    await vi.waitFor(() => expect(told.at(-1)?.retryAt).toBe(new Date(pacing.now() + 2_000).toISOString()));
    pacing.next();
    answer(2, noNumber);
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ view: noNumber, reachable: true, retryAt: null }));
    expect([asked.length, pacing.waiting()]).toEqual([3, 0]);
  });

  it("asks for the number that was chosen last, also when it asks again", async () => {
    const { running, asked, answer, pacing, told } = opening();
    running.ask("+5511912345678");
    answer(1, silent);
    await vi.waitFor(() => expect(told.at(-1)?.reachable).toBe(false));
    pacing.next();
    expect(asked.map(({ number }) => number)).toEqual([null, "+5511912345678", "+5511912345678"]);
  });

  it("lets a late answer to an earlier question go", async () => {
    const { running, answer, told } = opening();
    running.ask("+5511912345678");
    answer(1, noNumber);
    await vi.waitFor(() => expect(told.at(-1)?.view).toEqual(noNumber));
    answer(0, invalid);
    await Promise.resolve();
    expect(told.map(({ view }) => view)).toEqual([noNumber]);
  });

  it("is silent once it was stopped", async () => {
    const { running, answer, told, asked, pacing } = opening();
    answer(0, silent);
    await vi.waitFor(() => expect(pacing.waiting()).toBe(1));
    const before = told.length;
    running.stop();
    expect([pacing.next(), asked.length, told.length]).toEqual([false, 1, before]);
  });

  it("takes what was answered to a correction, and leaves older questions behind", async () => {
    const { running, answer, asked, told } = opening();
    running.ask("+5511912345678");
    running.take(noNumber);
    answer(1, invalid);
    running.ask();
    expect(asked.map(({ number }) => number)).toEqual([null, "+5511912345678", null]);
    expect(told.at(-1)?.view).toEqual(noNumber);
  });
});
