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
  /** How long is waited for somebody in whose case the advertisement is where it is wanted, in milliseconds. */
  readonly patienceMs: number;
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
  const { firm, sql, doors, people, random, patienceMs } = options;
  const optOuts: OptOut[] = [];
  const open = new Map<string, Person>();
  const feed = feeder(options, open);
  const watch = watchLane(sql);
  const isAt = (aim: Aim, { messageId }: Person): boolean => {
    const isTaken = firm.relay.crossings.get(messageId)?.some(({ answeredAt }) => answeredAt !== null) ?? false;
    if (aim === "taken") return isTaken;
    return !isTaken && watch.sending().has(messageId) === (aim === "underWay");
  };
  const next = async (): Promise<Person | null> => {
    const aim = draw(aims, random());
    for (const end = performance.now() + patienceMs; ; await pause(lookEveryMs)) {
      await feed();
      const wanted = [...open.values()].filter((person) => isAt(aim, person));
      const isOver = performance.now() > end || open.size === 0;
      const from = wanted.length > 0 ? wanted : isOver ? [...open.values()] : null;
      if (from === null) continue;
      const person = from[Math.floor(random() * from.length)];
      if (person) open.delete(person.messageId);
      return person ?? null;
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
  await watch.stop();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return optOuts;
}

/** Queues more whenever less than half of `ahead` is left. */
function feeder({ people, queue, ahead }: Race, open: Map<string, Person>): () => Promise<void> {
  let fed = 0;
  let feeding: Promise<void> | null = null;
  const feedMore = async (): Promise<void> => {
    const some = people.slice(fed, fed + ahead - open.size);
    fed += some.length;
    await queue(some);
    for (const person of some) open.set(person.messageId, person);
    feeding = null;
  };
  return async () => {
    if (open.size * 2 < ahead && fed < people.length) feeding ??= feedMore();
    await feeding;
  };
}

/** Which messages the lane has let pass and not yet settled, looked up again and again. */
function watchLane(sql: postgres.Sql) {
  let sending: ReadonlySet<string> = new Set();
  let isOver = false;
  const look = async (): Promise<void> => {
    for (; !isOver; await pause(lookEveryMs)) {
      const rows = await sql<{ id: string }[]>`select id from messaging_messages where state = 'sending'`;
      sending = new Set(rows.map(({ id }) => id));
    }
  };
  const looking = look();
  return {
    sending: () => sending,
    async stop() {
      isOver = true;
      await looking;
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
