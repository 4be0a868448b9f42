/**
 * The people of the firm as a copy shows them: told apart, not named. Who asks for their own data has no right to the names of
 * those who handled it on the firm's behalf (GDPR Art. 15 (4); CJEU C-579/21, Pankki S).
 */
export class Colleagues {
  readonly #names: ReadonlyMap<string, string>;
  readonly #places = new Map<string, number>();

  /** `names`: by user id, so that one who is called by either is the same. */
  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** "colleague 2" for a name or a user id, the same each time; null for a machine. */
  alias(nameOrId: string | null): string | null {
    if (nameOrId === null) return null;
    const name = this.#names.get(nameOrId) ?? nameOrId;
    const place = this.#places.get(name) ?? this.#places.size + 1;
    this.#places.set(name, place);
    return `colleague ${place}`;
  }
}
