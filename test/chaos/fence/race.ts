import type postgres from "postgres";
import type { DoorName, Doors } from "./doors.ts";
import type { FenceFirm } from "./firm.ts";
import type { Person, Queue } from "./people.ts";

/** An opt-out and its acknowledgement, on the clock of this process. */
export type OptOut = {
  readonly person: Person;
  readonly door: DoorName;
  readonly askedAt: number;
  readonly acknowledgedAt: number;
};

export type Race = {
  readonly firm: FenceFirm;
  readonly sql: postgres.Sql;
  readonly doors: Doors;
  readonly queue: Queue;
  readonly people: readonly Person[];
  readonly random: () => number;
  /** Opt-outs under way at once. */
  readonly atOnce: number;
  /** People whose advertisement is queued before they opt out. */
  readonly ahead: number;
  /**
   * How long is waited for somebody in whose case the advertisement is where it is wanted, in milliseconds. Null: nobody is
   * wanted in particular, as when people opt out for themselves.
   */
  readonly patienceMs: number | null;
  /** Between the beginnings of two opt-outs at least, in milliseconds. */
  readonly everyMs: number;
  /** Called after each opt-out with how many there were. */
  readonly onOptOut: (count: number) => void;
};

/** Where the advertisement is when somebody opts out, and how often each is wanted. */
const aims = { queued: 0.35, underWay: 0.45, taken: 0.2 } as const;
type Aim = keyof typeof aims;

const lookEveryMs = 20;

const doorShares: Readonly<Record<Exclude<DoorName, "crm">, number>> = { panel: 0.45, stop: 0.35, preference: 0.2 };

/** Has everybody opt out while the advertisement for them is queued, under way or just gone. */
export async function race(options: Race): Promise<readonly OptOut[]> {
  const { doors, people, random, patienceMs, everyMs } = options;
  const optOuts: OptOut[] = [];
  const open = new Map<string, Person>();
  const view = watch(options, open);
  let nextTurn = 0;
  const next = async (): Promise<Person | null> => {
    const turn = Math.max(performance.now(), nextTurn);
    nextTurn = turn + everyMs;
    await pause(Math.max(0, turn - performance.now()));
    const aim = draw(aims, random());
    for (const end = performance.now() + (patienceMs ?? 0); ; await view.looked()) {
      const wanted = patienceMs === null ? null : view.anyAt(aim);
      const person = wanted ?? (performance.now() >= end ? view.any() : null);
      if (person) open.delete(person.messageId);
      if (person || view.isOver()) return person;
    }
  };
  const runner = async (): Promise<void> => {
    for (let person = await next(); person !== null; person = await next()) {
      const door = person.recordId === null ? draw(doorShares, random()) : "crm";
      const askedAt = performance.now();
      const acknowledgedAt = await doors.optOut[door](person);
      optOuts.push({ person, door, askedAt, acknowledgedAt });
      options.onOptOut(optOuts.length);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(options.atOnce, people.length) }, runner));
  await view.stop();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return optOuts;
}

/** Looks again and again where the advertisements of those are who have not opted out yet, and queues more before they run out. */
function watch({ firm, sql, queue, people, random, ahead }: Race, open: Map<string, Person>) {
  let places: Readonly<Record<Aim, readonly Person[]>> = { queued: [], underWay: [], taken: [] };
  let fed = 0;
  let isStopped = false;
  let current = Promise.withResolvers<void>();
  const feed = async (): Promise<void> => {
    if (open.size * 2 > ahead || fed === people.length) return;
    const some = people.slice(fed, fed + ahead - open.size);
    await queue(some);
    fed += some.length;
    for (const person of some) open.set(person.messageId, person);
  };
  const look = async (): Promise<void> => {
    await feed();
    const rows = await sql<{ id: string }[]>`select id from messaging_messages where state = 'sending'`;
    const sending = new Set(rows.map(({ id }) => id));
    const isTaken = (id: string) =>
      firm.relay.crossings.get(id)?.some(({ answeredAt }) => answeredAt !== null) ?? false;
    const aimOf = ({ messageId: id }: Person): Aim => (isTaken(id) ? "taken" : sending.has(id) ? "underWay" : "queued");
    const { queued = [], underWay = [], taken = [] } = Object.groupBy(open.values(), aimOf);
    places = { queued, underWay, taken };
  };
  const run = async (): Promise<void> => {
    for (; !isStopped; await pause(lookEveryMs)) {
      await look();
      current.resolve();
      current = Promise.withResolvers();
    }
  };
  const running = run();
  // Whoever waits for the next look hears of a failure.
  running.catch((error: unknown) => current.reject(error));
  const anyOf = (list: readonly Person[]): Person | null => {
    const left = list.filter(({ messageId }) => open.has(messageId));
    return left[Math.floor(random() * left.length)] ?? null;
  };
  return {
    anyAt: (aim: Aim) => anyOf(places[aim]),
    any: () => anyOf([...open.values()]),
    isOver: () => fed === people.length && open.size === 0,
    looked: () => current.promise,
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

/** One of the names, each as often as its share says; the shares add up to one. */
function draw<T extends string>(shares: Readonly<Record<T, number>>, drawn: number): T {
  const names = Object.keys(shares) as T[];
  let left = drawn;
  return names.find((name) => (left -= shares[name]) < 0) ?? (names.at(-1) as T);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
