/** What a webhook or a CRM record says about a person at one moment. */
export type Evidence = {
  /** Both at once: the same person has both. At least one is known. */
  readonly bsuid: string | null;
  /** Digits without plus. */
  readonly waId: string | null;
  /** The portfolio in which the BSUID counts. */
  readonly portfolioId: string;
  /** Meta's time, ISO 8601; null for a source without one, such as a CRM record: it never outweighs Meta. */
  readonly at: string | null;
  /** The person's earlier names, when this is the news that they changed. */
  readonly previous: { readonly bsuid: string | null; readonly waId: string | null } | null;
};

/** `at`: when it was first heard of, by Meta's time; of one portfolio the latest is the one in use. */
export type Bsuid = { readonly bsuid: string; readonly portfolioId: string; readonly at: string | null };

export type KnownContact = {
  readonly id: string;
  readonly waId: string | null;
  readonly waIdAt: string | null;
  readonly bsuids: readonly Bsuid[];
  readonly isNew: boolean;
};

/**
 * How contacts must change so that the evidence holds. `survivors` maps each contact that was merged to the one that goes
 * on; `ids` tells whom each piece of evidence speaks of, in the order given.
 */
export type PeoplePlan = {
  readonly contacts: readonly KnownContact[];
  readonly ids: readonly string[];
  readonly survivors: ReadonlyMap<string, string>;
};

type Draft = { -readonly [Key in keyof KnownContact]: KnownContact[Key] };

/**
 * Decides who is who. The BSUID names a person; the number comes second, since it can be hidden, change hands or stand on
 * several records, and belongs to whom the newest word gives it. Contacts without a BSUID are numbers that wait for
 * their person. Words are weighed by Meta's time, so that the end is the same in whatever order they come.
 *
 * `known`: every contact that holds a name of the evidence, oldest first. `newId` makes the id of a new contact.
 */
export function planPeople(
  known: readonly KnownContact[],
  evidence: readonly Evidence[],
  newId: () => string,
): PeoplePlan {
  const people = new People(known, newId);
  const byTime = evidence.toSorted((a, b) => (a.at ?? "").localeCompare(b.at ?? ""));
  const meant = new Map<Evidence, string>();
  // News of a change come first: what was said under the new name is then already the same person's.
  for (const word of byTime.filter(({ previous }) => previous !== null)) meant.set(word, people.learnChange(word));
  for (const word of byTime.filter(({ previous }) => previous === null)) meant.set(word, people.learn(word));
  const { survivors } = people;
  const ids = evidence.map((word) => {
    const id = meant.get(word) ?? "";
    return survivors.get(id) ?? id;
  });
  return { contacts: people.list(), survivors, ids };
}

class People {
  readonly survivors = new Map<string, string>();
  readonly #contacts: Map<string, Draft>;
  readonly #byBsuid = new Map<string, Draft>();
  readonly #byNumber = new Map<string, Draft>();
  readonly #newId: () => string;

  constructor(known: readonly KnownContact[], newId: () => string) {
    this.#contacts = new Map(known.map((contact) => [contact.id, { ...contact }]));
    this.#newId = newId;
    for (const contact of this.#contacts.values()) {
      if (contact.waId !== null) this.#byNumber.set(contact.waId, contact);
      for (const { bsuid } of contact.bsuids) this.#byBsuid.set(bsuid, contact);
    }
  }

  list(): readonly KnownContact[] {
    return [...this.#contacts.values()];
  }

  learn(word: Evidence): string {
    const { bsuid, waId, at } = word;
    const owner = waId === null ? undefined : this.#byNumber.get(waId);
    const person = bsuid === null ? (owner ?? this.#create()) : this.#named(word, bsuid, owner);
    if (waId !== null) this.#giveNumber(person, waId, at);
    return person.id;
  }

  learnChange({ bsuid, waId, portfolioId, at, previous }: Evidence): string {
    const before = this.#byBsuid.get(previous?.bsuid ?? "") ?? this.#hadNumber(previous, portfolioId, at);
    const after = bsuid === null ? undefined : this.#byBsuid.get(bsuid);
    let person = before ?? after ?? this.#create();
    if (before && after && before !== after) person = this.#merge(before, after);
    if (previous?.bsuid) this.#addBsuid(person, { bsuid: previous.bsuid, portfolioId, at: null });
    if (bsuid !== null) this.#addBsuid(person, { bsuid, portfolioId, at });
    if (waId !== null) {
      const waiting = this.#byNumber.get(waId);
      if (waiting && waiting !== person && waiting.bsuids.length === 0) person = this.#merge(person, waiting);
      this.#giveNumber(person, waId, at);
    } else if (previous?.waId && person.waId === previous.waId && isNewer(at, person.waIdAt)) {
      this.#setNumber(person, null, at);
    }
    return person.id;
  }

  /** The person of a BSUID; a number that waits for its person has found it. */
  #named({ portfolioId, at }: Evidence, bsuid: string, owner: Draft | undefined): Draft {
    const named = this.#byBsuid.get(bsuid);
    const waiting = owner && !hasOtherBsuid(owner, bsuid, portfolioId) ? owner : undefined;
    const person =
      named && waiting && named !== waiting ? this.#merge(named, waiting) : (named ?? waiting ?? this.#create());
    this.#addBsuid(person, { bsuid, portfolioId, at });
    return person;
  }

  /** Who had the number until the change: neither somebody who was given it later nor one with another BSUID. */
  #hadNumber(previous: Evidence["previous"], portfolioId: string, at: string | null): Draft | undefined {
    const owner = previous?.waId ? this.#byNumber.get(previous.waId) : undefined;
    if (!owner || !isNewer(at, owner.waIdAt)) return undefined;
    const isOther = previous?.bsuid ? hasOtherBsuid(owner, previous.bsuid, portfolioId) : false;
    return isOther ? undefined : owner;
  }

  #create(): Draft {
    const contact: Draft = { id: this.#newId(), waId: null, waIdAt: null, bsuids: [], isNew: true };
    this.#contacts.set(contact.id, contact);
    return contact;
  }

  #addBsuid(person: Draft, name: Bsuid): void {
    if (this.#byBsuid.get(name.bsuid) === person) return;
    person.bsuids = [...person.bsuids, name];
    this.#byBsuid.set(name.bsuid, person);
  }

  /** The number goes to this person unless a newer word says otherwise; whoever had it before has it no more. */
  #giveNumber(person: Draft, waId: string, at: string | null): void {
    const owner = this.#byNumber.get(waId);
    if (owner !== person) {
      if (!isNewer(at, person.waIdAt) || (owner && !isNewer(at, owner.waIdAt))) return;
      if (owner) this.#setNumber(owner, null, at);
    }
    this.#setNumber(person, waId, isNewer(at, person.waIdAt) ? at : person.waIdAt);
  }

  #setNumber(person: Draft, waId: string | null, at: string | null): void {
    if (person.waId !== null && this.#byNumber.get(person.waId) === person) this.#byNumber.delete(person.waId);
    person.waId = waId;
    person.waIdAt = at;
    if (waId !== null) this.#byNumber.set(waId, person);
  }

  /** The first contact goes on, with the names of both and the number that the newer word gives. */
  #merge(one: Draft, other: Draft): Draft {
    const ids = [...this.#contacts.keys()];
    const [first, second] = ids.indexOf(one.id) < ids.indexOf(other.id) ? [one, other] : [other, one];
    const { waId, waIdAt } = second;
    this.#setNumber(second, null, null);
    if (waId !== null && (first.waId === null || isNewer(waIdAt, first.waIdAt))) this.#setNumber(first, waId, waIdAt);
    first.bsuids = [...first.bsuids, ...second.bsuids];
    for (const { bsuid } of second.bsuids) this.#byBsuid.set(bsuid, first);
    for (const [merged, survivor] of this.survivors) {
      if (survivor === second.id) this.survivors.set(merged, first.id);
    }
    this.survivors.set(second.id, first.id);
    this.#contacts.delete(second.id);
    return first;
  }
}

/** A contact that has another name in the same portfolio is another person: Meta gives one BSUID to each. */
function hasOtherBsuid(contact: KnownContact, bsuid: string, portfolioId: string): boolean {
  return contact.bsuids.some((name) => name.portfolioId === portfolioId && name.bsuid !== bsuid);
}

function isNewer(at: string | null, than: string | null): boolean {
  return than === null || (at !== null && at >= than);
}
