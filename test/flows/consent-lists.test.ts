import { consentPurposes, foldConsent } from "@aparte/core/consent.ts";
import type { OptOutView } from "@aparte/core/consent-lists.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { consentHeader, consentRow, fetchList, newNumber, runTable } from "../support/consent-files.ts";
import { meet } from "../support/conversation.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const everybody = { search: "", purpose: null, method: null, channelId: null, from: null, to: null } as const;

async function listed(
  filter: Partial<Parameters<World["admin"]["consent"]["optOuts"]["query"]>[0]["filter"]> = {},
  limit = 50,
) {
  const found: OptOutView[] = [];
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<World["admin"]["consent"]["optOuts"]["query"]>> =
      await world.manager.consent.optOuts.query({
        filter: { ...everybody, ...filter },
        after,
        limit,
      });
    found.push(...page.optOuts);
    if (page.next === null) return found;
    after = page.next;
  }
}

describe("a list of numbers to leave alone", () => {
  it("blocks everybody on it, people who are not known yet too, and once each", async () => {
    const [known, unknown] = [newNumber(), newNumber()];
    await meet(world, sql, known);
    const numbers = `+${known}\n${unknown}\n+${unknown}\nno number\n`;
    const done = await runTable(world, "opt_outs", numbers);
    expect(done).toMatchObject({ counts: { recorded: 2, duplicate: 1, refused: 1 }, undoUntil: null });
    expect(await runTable(world, "opt_outs", numbers)).toMatchObject({
      counts: { recorded: 0, duplicate: 3, refused: 1 },
    });
    expect(new Set((await listed()).map(({ waId }) => waId))).toEqual(new Set([known, unknown]));
    expect(await listed({ search: `+${unknown}` })).toMatchObject([
      {
        waId: unknown,
        purposes: ["authentication", "marketing", "utility"],
        channelId: null,
        method: "import",
        atWhatsapp: false,
      },
    ]);
    expect(await world.admin.consent.undoImport.mutate({ id: done.id })).toMatchObject({
      refused: "consent.import_closed",
    });
    const later = await runTable(world, "consents", [consentHeader, consentRow(unknown)].join("\n"));
    expect(later.counts).toMatchObject({ recorded: 0, kept_opted_out: 1 });
  });
});

describe("the list of opt-outs", () => {
  it("comes in pages that leave nobody out, newest first, and is cut by purpose, way, day and number", async () => {
    const numbers = Array.from({ length: 25 }, newNumber);
    const list = numbers.map((waId, day) => `+${waId},2026-01-${String(1 + (day % 9)).padStart(2, "0")}`);
    await runTable(world, "opt_outs", ["number,date", ...list].join("\n"));
    const all = await listed({ from: "2026-01-01", to: "2026-01-31" }, 4);
    expect(all).toHaveLength(numbers.length);
    expect(new Set(all.map(({ waId }) => waId))).toEqual(new Set(numbers));
    expect(all.map(({ since }) => since)).toEqual(
      all
        .map(({ since }) => since)
        .toSorted()
        .toReversed(),
    );
    expect(await listed({ from: "2026-01-03", to: "2026-01-03" })).toHaveLength(3);
    expect(await listed({ purpose: "service" })).toEqual([]);
    expect(await listed({ method: "keyword" })).toEqual([]);
    expect(await listed({ channelId: world.channelId })).toEqual([]);
    const [one = ""] = numbers;
    expect(await listed({ search: one.slice(2) })).toMatchObject([{ waId: one }]);
    expect(await listed({ search: "nobody of this name" })).toEqual([]);
  });

  it("finds people by the beginnings of their names", async () => {
    const waId = newNumber();
    const contactId = await meet(world, sql, waId);
    await sql`update contacts set name = 'Zoé Tremblay' where id = ${contactId}`;
    await world.inbound({ from: waId, type: "text", text: { body: "STOP" } });
    await until("the stop is listed", async () => (await listed({ search: "zoé trem" })).length === 1);
    expect(await listed({ search: "zoé trem" })).toMatchObject([
      { contactId, name: "Zoé Tremblay", method: "keyword" },
    ]);
  });
});

describe("lists as CSV", () => {
  it("hold no formula for spreadsheets, and values as they are for programs", async () => {
    const waId = newNumber();
    const contactId = await meet(world, sql, waId);
    await runTable(world, "opt_outs", `+${waId}\n`);
    await sql`update contacts set name = ${'=HYPERLINK("https://evil.test","Click")'} where id = ${contactId}`;
    const rowIn = (text: string) => text.split("\r\n").find((line) => line.includes(waId));
    const safe = await fetchList(world, { list: "opt_outs", importId: null, variant: "spreadsheet", language: "fr" });
    expect(safe.startsWith("\uFEFFnumber,name,")).toBe(true);
    expect(rowIn(safe)).toContain(
      `'+${waId},"'=HYPERLINK(""https://evil.test"",""Click"")",authentication marketing utility,`,
    );
    const plain = await fetchList(world, { list: "opt_outs", importId: null, variant: "machine", language: "en" });
    expect(rowIn(plain)).toContain(`+${waId},"=HYPERLINK(""https://evil.test"",""Click"")",`);
    expect(plain.split("\r\n")).toHaveLength((await listed()).length + 2);
  });

  it("of consents say what proves each, and can be read in again", async () => {
    const lines = [newNumber(), newNumber()].map((waId) => consentRow(waId, { purpose: "marketing + utility" }));
    await runTable(world, "consents", [consentHeader, ...lines].join("\n"));
    const text = await fetchList(world, { list: "consents", importId: null, variant: "spreadsheet", language: "en" });
    const given = text.split("\r\n").filter((line) => line.includes("opted_in"));
    expect(given).toHaveLength(4);
    expect(given[0]).toContain(`2026-03-04T00:00:00.000Z,`);
    expect(given[0]).toContain(`web_form,"Yes, write to me",en,https://acme.test/form,`);
    const again = await runTable(world, "consents", [text.split("\r\n")[0], ...given].join("\n"));
    expect(again.counts).toMatchObject({ duplicate: 4, recorded: 0 });
  });

  it("are given to administrators alone, for five minutes, and it is written down who asked", async () => {
    const asked = { list: "opt_outs", importId: null, variant: "machine", language: "en" } as const;
    await expect(world.manager.consent.export.mutate(asked)).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    const { url } = await world.admin.consent.export.mutate(asked);
    const changed = [
      url.replace("opt-outs", "consents"),
      url.replace("v=machine", "v=spreadsheet"),
      url.replace(/e=\d+/, "e=99999999999"),
    ];
    expect(await Promise.all(changed.map(async (other) => (await fetch(other)).status))).toEqual([403, 403, 403]);
    expect(await sql`select actor from events where name = 'consent.exported' and actor is null`).toEqual([]);
    expect((await sql`select from events where name = 'consent.exported'`).length).toBeGreaterThan(3);
  });
});

describe("where everybody stands", () => {
  it("is the same in the lists as in the ledger, after merges as well", async () => {
    await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const waId = newNumber();
        const contactId = await meet(world, sql, waId);
        const said = { method: "phone_call", wording: "On the phone", language: null, fileId: null } as const;
        const channelId = at % 3 === 0 ? world.channelId : null;
        for (const [step, action] of (["given", "withdrawn", "given"] as const).slice(0, 1 + (at % 3)).entries()) {
          const occurredAt = new Date(Date.now() - 60_000 * (9 - step)).toISOString();
          const purposes = at % 2 === 0 ? (["marketing", "utility"] as const) : (["marketing"] as const);
          await world.rep.consent.record.mutate({
            contactId,
            channelId,
            purposes: [...purposes],
            action,
            occurredAt,
            ...said,
          });
        }
      }),
    );
    const [ofNumber, ofId] = [newNumber(), newNumber()];
    await runTable(world, "opt_outs", `+${ofNumber}\n`);
    const survivor = await meet(world, sql, ofId);
    await sql`insert into events (workspace_id, name, payload) select workspace_id, 'contact.merged',
      jsonb_build_object('contactId', ${survivor}::text, 'mergedId', c.id) from contacts c where c.wa_id = ${ofNumber}`;
    await sql`update contacts set merged_into = ${survivor}, wa_id = null where wa_id = ${ofNumber}`;
    await until("the merged person is listed once", async () => (await listed({ search: `+${ofId}` })).length === 1);
    const contacts = await sql<{ id: string }[]>`select id from contacts where merged_into is null`;
    for (const { id } of contacts) expect([id, await projected(id)]).toEqual([id, await folded(id)]);
    expect(
      await sql`select 1 from consent_states s join contacts c on c.id = s.contact_id where c.merged_into is not null`,
    ).toHaveLength(0);
    expect(contacts.length).toBeGreaterThan(20);
  });
});

async function projected(contactId: string): Promise<Record<string, string>> {
  const found = await sql<{ purpose: string; channelId: string | null; state: string; entryId: string }[]>`
    select purpose, channel_id as "channelId", state, entry_id as "entryId" from consent_states where contact_id = ${contactId}`;
  const at = (purpose: string, channelId: string | null) =>
    found.find((row) => row.purpose === purpose && row.channelId === channelId);
  return Object.fromEntries(
    scopes().flatMap((channelId) =>
      consentPurposes.map((purpose) => {
        const row = at(purpose, channelId) ?? at(purpose, null);
        return [`${purpose} ${channelId}`, row ? `${row.state} ${row.entryId}` : "unknown"];
      }),
    ),
  );
}

async function folded(contactId: string): Promise<Record<string, string>> {
  const entries = await world.rep.consent.history.query({ contactId });
  return Object.fromEntries(
    scopes().flatMap((channelId) => {
      const view = foldConsent(entries, { now: new Date(), channelId });
      return consentPurposes.map((purpose) => {
        const state = view[purpose];
        return [`${purpose} ${channelId}`, "by" in state ? `${state.state} ${state.by.id}` : "unknown"];
      });
    }),
  );
}

function scopes(): (string | null)[] {
  return [null, world.channelId];
}
