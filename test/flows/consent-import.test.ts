import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import {
  consentHeader,
  consentRow,
  fetchList,
  giveTable,
  importIs,
  newNumber,
  postTable,
  runTable,
  startTable,
} from "../support/consent-files.ts";
import { meet } from "../support/conversation.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
/** The administrator. */
let ada: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  ada = (await world.admin.identity.me.query()).user.id;
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const table = (...lines: readonly string[]) => [consentHeader, ...lines].join("\r\n");

describe("a file of consents", () => {
  it("gives what has evidence, keeps the rest back with its reasons, and says so before anything happens", async () => {
    const [good, bad, stopped] = [newNumber(), newNumber(), newNumber()];
    const contactId = await meet(world, sql, stopped);
    await world.inbound({ from: stopped, type: "text", text: { body: "STOP" } });
    await until("the stop is known", async () => (await marketingOf(contactId)) === "opted_out");
    const text = table(
      consentRow(good),
      consentRow(good),
      consentRow(bad, { wording: "", source: "" }),
      consentRow(stopped),
      consentRow("123"),
      consentRow(newNumber(), { date: "2026-02-31" }),
      consentRow(newNumber(), { date: "2199-01-01" }),
      consentRow(newNumber(), { date: "2001-01-01" }),
      consentRow(newNumber(), { purpose: "world peace" }),
    );
    const id = await giveTable(world, "consents", text);
    const preview = await importIs(world, id, "checked");
    const counts = { recorded: 1, duplicate: 1, kept_opted_out: 1, quarantined: 1, refused: 5 };
    expect(preview).toMatchObject({ total: 9, counts, missing: [], uploadedBy: ada });
    expect(preview.problems).toEqual({
      wording_missing: 1,
      source_missing: 1,
      opted_out: 1,
      number_unreadable: 1,
      date_unreadable: 1,
      date_in_future: 1,
      consent_expired: 1,
      purpose_unknown: 1,
    });
    expect(preview.sample.map(({ line, outcome }) => `${line} ${outcome}`)).toContain("4 quarantined");
    expect(await peopleOf(good)).toEqual([]);
    await startTable(world, id);
    const done = await importIs(world, id, "done");
    expect(done).toMatchObject({ counts, problems: preview.problems, sample: [], declaredBy: ada });
    const [given] = await peopleOf(good);
    expect(await world.rep.consent.history.query({ contactId: given ?? "" })).toMatchObject([
      {
        action: "imported",
        method: "import",
        occurredAt: "2026-03-04T00:00:00.000Z",
        expiresAt: expect.stringContaining("2028-03-04"),
        wording: "Yes, write to me",
        language: "en",
        evidence: { import: id, line: "2", method: "web_form", source: "https://acme.test/form" },
      },
    ]);
    expect(await marketingOf(given ?? "")).toBe("opted_in");
    expect(await marketingOf(contactId)).toBe("opted_out");
    const [quarantined] = await peopleOf(bad);
    expect(await world.rep.consent.history.query({ contactId: quarantined ?? "" })).toEqual([]);
    const errors = await fetchList(world, {
      list: "import_problems",
      importId: id,
      variant: "spreadsheet",
      language: "en",
    });
    expect(errors.split("\r\n").filter((line) => line.startsWith("4,"))).toEqual([
      `4,The words that the person was shown are missing. The form or file that proves it is missing.,'+${bad},marketing,2026-03-04,web form,,,en`,
    ]);
    expect(errors.trim().split("\r\n")).toHaveLength(1 + 7);
  });

  it("adds nothing when the same evidence comes again, in whatever file", async () => {
    const lines = [newNumber(), newNumber(), newNumber()].map((waId) => consentRow(waId));
    expect((await runTable(world, "consents", table(...lines))).counts).toMatchObject({ recorded: 3, duplicate: 0 });
    const again = await runTable(world, "consents", table(...lines.toReversed(), consentRow(newNumber())));
    expect(again.counts).toMatchObject({ recorded: 1, duplicate: 3 });
  });

  it("can be undone, with what was kept back, and imported once more after that", async () => {
    const [given, kept] = [newNumber(), newNumber()];
    const text = table(consentRow(given), consentRow(kept, { method: "" }));
    const { id, undoUntil } = await runTable(world, "consents", text);
    expect(Date.parse(undoUntil ?? "") - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await world.admin.consent.undoImport.mutate({ id })).toMatchObject({ ok: true });
    await importIs(world, id, "undone");
    const [contactId = ""] = await peopleOf(given);
    expect(await marketingOf(contactId)).toBe("unknown");
    expect((await world.rep.consent.history.query({ contactId })).map(({ action }) => action)).toEqual([
      "annulled",
      "imported",
    ]);
    expect(await sql`select 1 from consent_import_rows where import_id = ${id}`).toHaveLength(0);
    expect(await world.admin.consent.undoImport.mutate({ id })).toMatchObject({ refused: "consent.import_closed" });
    expect((await runTable(world, "consents", text)).counts).toMatchObject({ recorded: 1, quarantined: 1 });
    expect(await marketingOf(contactId)).toBe("opted_in");
  });

  it("cannot be undone after a day", async () => {
    const { id } = await runTable(world, "consents", table(consentRow(newNumber())));
    await sql`update consent_imports set undo_until = now() where id = ${id}`;
    expect(await world.admin.consent.undoImport.mutate({ id })).toMatchObject({ refused: "consent.import_closed" });
    expect(await importIs(world, id, "done")).toMatchObject({ undoUntil: null });
  });

  it("brings nobody back who was forgotten", async () => {
    const waId = newNumber();
    const contactId = await meet(world, sql, waId);
    await sql`insert into events (workspace_id, name, payload)
      select workspace_id, 'contact.erasure_asked', jsonb_build_object('contactId', id, 'connectionId', null) from contacts where id = ${contactId}`;
    await until("the person is forgotten", async () => (await peopleOf(waId)).length === 0);
    const done = await runTable(world, "consents", table(consentRow(waId)));
    expect(done).toMatchObject({ counts: { refused: 1, recorded: 0 }, problems: { person_erased: 1 } });
    expect(await peopleOf(waId)).toEqual([]);
    expect(await marketingOf(contactId)).toBe("opted_out");
    expect(await sql`select cells from consent_import_rows where import_id = ${done.id}`).toEqual([{ cells: [] }]);
  });

  it("is read otherwise when somebody says so", async () => {
    const waId = newNumber();
    const id = await giveTable(world, "consents", `Handy;Wann;Was\n+${waId};03/04/2026;Ja, gern\n`);
    const guessed = await importIs(world, id, "checked");
    expect(guessed.mapping.fields).toEqual({ number: { column: 0 } });
    expect(guessed).toMatchObject({
      missing: ["purpose", "date", "method", "wording", "source"],
      counts: { quarantined: 1 },
    });
    const fields = {
      number: { column: 0 },
      date: { column: 1 },
      wording: { column: 2 },
      purpose: { value: "marketing" },
      method: { value: "paper" },
      source: { value: "Summer fair, folder 12" },
    };
    const mapping = { fields, country: "DE", dateOrder: "month_first" } as const;
    expect(await world.admin.consent.mapImport.mutate({ id, mapping })).toMatchObject({ ok: true });
    expect(await importIs(world, id, "checked")).toMatchObject({
      missing: [],
      counts: { recorded: 1, quarantined: 0 },
    });
    await startTable(world, id);
    await importIs(world, id, "done");
    const [contactId = ""] = await peopleOf(waId);
    expect(await world.rep.consent.history.query({ contactId })).toMatchObject([
      { occurredAt: "2026-03-04T00:00:00.000Z", evidence: { method: "paper", source: "Summer fair, folder 12" } },
    ]);
    const sameDate = { ...mapping, fields: { ...fields, date: { value: "2026-03-04" } } };
    const another = await giveTable(world, "consents", `number\n+${waId}\n`);
    expect(await world.admin.consent.mapImport.mutate({ id: another, mapping: sameDate })).toMatchObject({ ok: false });
  });

  it("is not started without a declaration, twice, or by somebody else", async () => {
    const id = await giveTable(world, "consents", table(consentRow(newNumber())));
    await importIs(world, id, "checked");
    expect(await world.admin.consent.startImport.mutate({ id, declaration: null })).toMatchObject({
      refused: "consent.declaration_missing",
    });
    await startTable(world, id);
    await expect(startTable(world, id)).rejects.toThrow("consent.import_closed");
    const upload = { kind: "consents", id: randomUUID(), bytes: "number\n" } as const;
    const statuses = [null, world.tokens.rep, world.tokens.manager].map((token) =>
      postTable(world.origin, { ...upload, token }),
    );
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([401, 403, 403]);
    await importIs(world, id, "done");
  });

  it.each([
    ["nothing", "", "media.empty"],
    ["no table", `"never closed`, "consent.file_unreadable"],
  ])("that is %s is refused", async (_, bytes, refused) => {
    const answer = await postTable(world.origin, {
      kind: "consents",
      id: randomUUID(),
      bytes,
      token: world.tokens.admin,
    });
    expect(await answer.json()).toMatchObject({ ok: false, refused });
  });
});

async function peopleOf(waId: string): Promise<string[]> {
  const found = await sql<{ id: string }[]>`select id from contacts where wa_id = ${waId}`;
  return found.map(({ id }) => id);
}

async function marketingOf(contactId: string): Promise<string> {
  const now = new Date().toISOString();
  return (await world.rep.consent.stateAt.query({ contactId, channelId: null, at: now })).marketing.state;
}
