import { expect, test } from "vitest";
import { ledger } from "../../gallery/people.ts";
import type { LedgerEntry } from "./consent-port.ts";
import { ledgerLines } from "./ledger-lines.ts";

const [agreed] = ledger;
if (!agreed) throw new Error("the gallery's ledger is empty");
const stop = (id: string, purpose: LedgerEntry["purpose"]): LedgerEntry => ({
  ...agreed,
  id,
  purpose,
  action: "withdrawn",
  actId: "stop",
});
const stops = [stop("s3", "authentication"), stop("s2", "utility"), stop("s1", "marketing")];
const undone = stops.map((entry): LedgerEntry => ({
  ...entry,
  id: `undo ${entry.id}`,
  action: "annulled",
  annuls: entry.id,
  actId: "undo",
}));

test("what was said once is one line, whatever it is about", () => {
  expect(ledgerLines([...stops, agreed])).toEqual([
    { entry: stops[0], purposes: ["marketing", "utility", "authentication"], annulled: false },
    { entry: agreed, purposes: ["marketing"], annulled: false },
  ]);
});

test("what was taken back says so, and has no second line for it", () => {
  expect(ledgerLines([...undone, ...stops, agreed]).map(({ entry, annulled }) => [entry.action, annulled])).toEqual([
    ["withdrawn", true],
    ["given", false],
  ]);
});

test("an empty ledger has no lines", () => {
  expect(ledgerLines([])).toEqual([]);
});
