import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import type { CrmResult } from "../outcome.ts";
import type { RecordChange } from "../record.ts";
import { changesSince } from "./changes.ts";

type Part = { readonly status: number; readonly body: unknown };

const page = (...records: object[]): Part => ({ status: 200, body: { totalSize: 0, done: true, records } });
const refused = (errorCode: string): Part => ({ status: 400, body: [{ errorCode, message: "no" }] });
const deletions = (...ids: string[]): Part => {
  const deletedRecords = ids.map((id) => ({ id, deletedDate: "2026-11-22T09:10:00.000+0000" }));
  return { status: 200, body: { deletedRecords, earliestDateAvailable: "", latestDateCovered: "" } };
};

function together(...parts: Part[]): CannedAnswer {
  const answers = parts.map(({ status, body }, place) => ({
    referenceId: `part${place}`,
    httpStatusCode: status,
    body,
  }));
  return { body: { compositeResponse: answers } };
}

const contactId = "003000000000001AAA";
const at = (time: string) => `2026-11-22T${time}:00.000+0000`;
const row = (id: string, time: string, more: object = {}) => ({
  Id: id,
  IsDeleted: false,
  SystemModstamp: at(time),
  ...more,
});

/** Of the five types only contacts and leads are shown here. */
const blind = [refused("INVALID_TYPE"), refused("INVALID_TYPE"), refused("INVALID_TYPE")];

type Told = CrmResult<{ changes: RecordChange[]; cursor: string; more: boolean }>;

/** Begins in an org without Individuals, then polls as often as there are answers, from where the last one ended. */
async function poll(...answers: CannedAnswer[]): Promise<{ told: Told[]; asked: string[][] }> {
  const begin = [together(page(row(contactId, "09:00")), page(), ...blind), refused("INVALID_TYPE")];
  await using server = await cannedServer(...begin, ...answers);
  const app = { baseUrl: server.url, clientId: "", clientSecret: "", timeoutMs: 2000 };
  const told: Told[] = [];
  let cursor: string | null = null;
  while (server.requests.length < answers.length + begin.length) {
    const answer: Told = await changesSince(app, { accessToken: "t", apiUrl: null }, { account: "acme", cursor });
    told.push(answer);
    if (answer.outcome !== "done") break;
    cursor = answer.cursor;
  }
  const asked = (server.json as { compositeRequest?: { url: string }[] }[]).map(({ compositeRequest = [] }) =>
    compositeRequest.map(({ url }) => decodeURIComponent(url).replace("/services/data/v67.0", "")),
  );
  return { told: told.slice(1), asked: asked.slice(1) };
}

const quiet = [deletions(), deletions()];

describe("changesSince", () => {
  it("asks in one request for what each type that is shown has changed, deleted or merged", async () => {
    const { told, asked } = await poll(
      together(
        page(
          row(contactId, "09:05"),
          row("003000000000002AAA", "09:03", { IsDeleted: true }),
          row("003000000000003AAA", "09:04", { IsDeleted: true, MasterRecordId: contactId }),
        ),
        page(row("00Q000000000001AAA", "09:04", { IsConverted: true, ConvertedContactId: contactId })),
        ...quiet,
      ),
    );
    const [first] = told;
    const changes = first?.outcome === "done" ? first.changes : [];
    expect(
      changes.map(({ ref, kind, into, at: time }) => [ref.id.slice(0, 15), kind, into?.id, time.slice(11, 16)]),
    ).toEqual([
      ["003000000000002", "deleted", undefined, "09:03"],
      ["003000000000003", "merged", contactId, "09:04"],
      ["00Q000000000001", "converted", contactId, "09:04"],
      ["003000000000001", "updated", undefined, "09:05"],
    ]);
    expect(asked[0]).toEqual([
      "/queryAll?q=SELECT Id, IsDeleted, MasterRecordId, SystemModstamp FROM Contact" +
        " WHERE SystemModstamp >= 2026-11-22T08:55:00.000Z ORDER BY SystemModstamp, Id LIMIT 200",
      "/queryAll?q=SELECT Id, IsDeleted, MasterRecordId, IsConverted, ConvertedContactId, ConvertedAccountId, SystemModstamp" +
        " FROM Lead ORDER BY SystemModstamp, Id LIMIT 200",
      expect.stringMatching(/^\/sobjects\/Contact\/deleted\?start=.{19}\+00:00&end=.{19}\+00:00$/u),
      expect.stringMatching(/^\/sobjects\/Lead\/deleted/u),
    ]);
  });

  it("goes on behind the last row of a full page, and looks back only a few times when all is told", async () => {
    const full = Array.from({ length: 200 }, (_, index) => row(`003${String(index).padStart(12, "0")}`, "09:05"));
    const nothing = together(page(), page(), ...quiet);
    const { told, asked } = await poll(
      together(page(...full), page(), ...quiet),
      nothing,
      nothing,
      nothing,
      nothing,
      nothing,
    );
    expect(told.map((one) => one.outcome === "done" && one.more)).toEqual([true, false, false, false, false, false]);
    const conditions = asked.map(([query]) => / WHERE (.*) ORDER BY/u.exec(query ?? "")?.[1]);
    const overlap = "SystemModstamp >= 2026-11-22T09:00:00.000Z";
    expect(conditions).toEqual([
      "SystemModstamp >= 2026-11-22T08:55:00.000Z",
      "SystemModstamp > 2026-11-22T09:05:00.000Z OR (SystemModstamp = 2026-11-22T09:05:00.000Z AND Id > '003000000000199')",
      overlap,
      overlap,
      overlap,
      "SystemModstamp > 2026-11-22T09:05:00.000Z",
    ]);
  });

  it("looks at deletions that no query shows: emptied out of the bin, or merged", async () => {
    const { told } = await poll(
      together(page(), page(), deletions(contactId, "003000000000002AAA", "003000000000003AAA"), deletions()),
      {
        body: page(
          { Id: "003000000000002AAA", IsDeleted: true, MasterRecordId: contactId },
          { Id: "003000000000003AAA", IsDeleted: false },
        ).body,
      },
    );
    expect(told[0]).toMatchObject({
      changes: [
        { ref: { id: contactId }, kind: "deleted", at: "2026-11-22T09:10:00.000Z" },
        { ref: { id: "003000000000002AAA" }, kind: "merged", into: { id: contactId } },
      ],
    });
    expect(told[0]?.outcome === "done" && told[0].changes.length).toBe(2);
  });

  it("tells of people whose wishes have changed, which stand on records of their own", async () => {
    const individual = (more: object) => ({ Id: "0PK1", SystemModstamp: at("09:06"), ...more });
    await using server = await cannedServer(
      together(page(), ...blind, refused("INVALID_TYPE")),
      page(individual({ SystemModstamp: at("09:00") })),
      together(page(), deletions()),
      page(
        individual({
          Contacts: { records: [{ Id: contactId, AccountId: "001000000000001AAA" }] },
          Leads: { records: [{ Id: "00Q000000000001AAA" }] },
        }),
        individual({ Contacts: null, Leads: null }),
      ),
      together(page(), deletions()),
      refused("INVALID_TYPE"),
    );
    const app = { baseUrl: server.url, clientId: "", clientSecret: "", timeoutMs: 2000 };
    const since = (cursor: string | null) =>
      changesSince(app, { accessToken: "t", apiUrl: null }, { account: "acme", cursor });
    const begun = await since(null);
    const told = await since(begun.outcome === "done" ? begun.cursor : null);
    expect(told).toMatchObject({
      changes: [
        { ref: { type: "contact", id: contactId }, kind: "updated", at: "2026-11-22T09:06:00.000Z" },
        { ref: { type: "company", id: "001000000000001AAA" }, kind: "updated" },
        { ref: { type: "lead", id: "00Q000000000001AAA" }, kind: "updated" },
      ],
    });
    expect(decodeURIComponent(server.requests[3]?.url ?? "")).toContain(
      "FROM Individual WHERE SystemModstamp >= 2026-11-22T08:55:00.000Z ORDER BY SystemModstamp, Id LIMIT 200",
    );
    expect(await since(told.outcome === "done" ? told.cursor : null)).toMatchObject({ outcome: "done", changes: [] });
  });

  it("goes on without a list of deletions, but never past a page whose answer was lost", async () => {
    const [without] = (await poll(together(page(), page(), refused("INVALID_REPLICATION_DATE"), deletions()))).told;
    expect(without).toMatchObject({ outcome: "done" });
    const hidden = await poll(together(refused("INVALID_TYPE"), page(row("00Q000000000001AAA", "09:05")), ...quiet));
    expect(hidden.told[0]).toMatchObject({ outcome: "done", changes: [{ ref: { type: "lead" } }] });
    const lost: Part = { status: 500, body: [] };
    expect((await poll(together(page(), lost, ...quiet))).told[0]).toMatchObject({ outcome: "later" });
    expect((await poll({ status: 401, body: [] })).told[0]).toEqual({ outcome: "expired" });
  });
});
