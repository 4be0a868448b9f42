import type { Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, textBox } from "../support/panel.ts";

let desk: Desk;
let ana: JobPerson;
let panel: Panel;
beforeAll(async () => {
  desk = await openDesk();
  ana = await desk.newPerson();
  panel = await desk.open(ana);
  await desk.writes(ana, "Is anybody there?");
  await lineOf(panel, "Is anybody there?").waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

type Entry = { readonly kind: string; readonly typing_indicator: boolean };

async function told(): Promise<readonly Entry[]> {
  const entries = (await (await fetch(`${desk.world.whatsapp.url}/_sim/ledger`)).json()) as Entry[];
  return entries.filter(({ kind }) => kind === "read");
}

describe("whoever writes to the firm", () => {
  it("sees that it was read and that an answer is typed, once somebody types one, and not before", async () => {
    expect(await told()).toEqual([]);
    await textBox(panel, ana.name).pressSequentially("Yes, good");
    const entries = await until("the person is told of both", async () => {
      const found = await told();
      return found.length >= 2 && found;
    });
    expect(entries.filter(({ typing_indicator }) => typing_indicator)).toHaveLength(1);
    expect(entries).toHaveLength(2);
    await textBox(panel, ana.name).pressSequentially(" morning");
    expect(await told()).toHaveLength(2);
  });
});
