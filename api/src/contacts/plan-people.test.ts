import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planPeople, type Evidence, type KnownContact } from "./plan-people.ts";

const portfolioId = "P";
const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
const word = (bsuid: string | null, waId: string | null, minute: number, previous: Evidence["previous"] = null) => ({
  bsuid,
  waId,
  portfolioId,
  at: at(minute),
  previous,
});

let made = 0;
const newId = () => `c${made++}`;

/** Learns in batches, as deliveries come. Answers the plan after the last one, with every merge followed to its end. */
function learn(batches: readonly (readonly Evidence[])[]) {
  let known: readonly KnownContact[] = [];
  const merged = new Map<string, string>();
  const ids: string[][] = [];
  for (const batch of batches) {
    const plan = planPeople(known, batch, newId);
    known = plan.contacts.map((contact) => ({ ...contact, isNew: false }));
    for (const [id, survivor] of plan.survivors) merged.set(id, survivor);
    ids.push([...plan.ids]);
  }
  const final = (id: string): string => {
    const survivor = merged.get(id);
    return survivor === undefined ? id : final(survivor);
  };
  return { contacts: known, ids: ids.map((list) => list.map(final)) };
}

describe("planPeople", () => {
  it("lets a number that waits find its person", () => {
    const { contacts } = learn([
      [{ ...word(null, "491", 0), at: null }],
      [word("DE.1", null, 1)],
      [word("DE.1", "491", 2)],
    ]);
    expect(contacts).toMatchObject([{ waId: "491", bsuids: [{ bsuid: "DE.1" }] }]);
  });

  it("keeps two people apart when a number changes hands, whichever is heard of first", () => {
    const words = [word("DE.1", "491", 1), word("DE.2", "491", 5), word("DE.1", "491", 2)];
    for (const order of [words, words.toReversed()]) {
      const { contacts } = learn(order.map((one) => [one]));
      expect(contacts.length).toBe(2);
      expect(contacts.find(({ waId }) => waId === "491")?.bsuids.map(({ bsuid }) => bsuid)).toEqual(["DE.2"]);
    }
  });

  it("takes two portfolios' names of one number for one person", () => {
    const { contacts } = learn([[word("DE.1", "491", 1)], [{ ...word("DE.X", "491", 2), portfolioId: "Q" }]]);
    expect(contacts.map(({ bsuids }) => bsuids.length)).toEqual([2]);
  });

  it("forgets a number that is hidden after a change", () => {
    const { contacts } = learn([[word("DE.1", "491", 1)], [word("DE.2", null, 2, { bsuid: "DE.1", waId: "491" })]]);
    expect(contacts).toMatchObject([{ waId: null, bsuids: [{ bsuid: "DE.1" }, { bsuid: "DE.2" }] }]);
  });

  it("ends the same in whatever order and batches a life is told", () => {
    // Each person: some minutes of messages, with a change of number and BSUID in between, now and then without a number.
    const life = fc.record({
      changes: fc.integer({ min: 0, max: 3 }),
      hidden: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    });
    fc.assert(
      fc.property(
        fc.array(life, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 9 }),
        (lives, random, batchSize) => {
          const said = lives.flatMap(({ changes, hidden }, person) => tell(person, changes, hidden));
          const next = () => random.next().value ?? 0;
          const shuffled = said
            .map((one) => ({ one, key: next() }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ one }) => one);
          const batches = Array.from({ length: Math.ceil(shuffled.length / batchSize) }, (_, place) =>
            shuffled.slice(place * batchSize, (place + 1) * batchSize),
          );
          const { contacts, ids } = learn(batches.map((batch) => batch.map(({ evidence }) => evidence)));
          const contactOf = new Map<number, string>();
          for (const [place, { person }] of batches.flat().entries()) {
            const id = ids.flat()[place] ?? "";
            expect(contactOf.get(person) ?? id).toBe(id);
            contactOf.set(person, id);
          }
          expect(new Set(contactOf.values()).size).toBe(lives.length);
          expect(contacts.length).toBe(lives.length);
        },
      ),
    );
  });
});

function tell(person: number, changes: number, hidden: readonly boolean[]) {
  // Numbers are passed on: in each life the one that a neighbour had in the life before.
  const name = (life: number) => ({ bsuid: `DE.${person}x${life}`, waId: `49${person + life}` });
  return Array.from({ length: changes + 1 }, (_, life) => life).flatMap((life) => {
    const { bsuid, waId } = name(life);
    const start = life * 10;
    const change = life === 0 ? [] : [word(bsuid, waId, start, name(life - 1))];
    const messages = [1, 2].map((minute) => word(bsuid, hidden[life * 2 + minute - 1] ? null : waId, start + minute));
    return [...change, ...messages].map((evidence) => ({ person, evidence }));
  });
}
