import type { AccountSeed } from "../seed.ts";
import type { State } from "../state.ts";

/** What `/_sim/identity` tells of one account: the ids, tokens and secrets it accepts, by Meta's names. */
export type AccountIdentity = Omit<AccountSeed, "numbers" | "templates"> & {
  phone_number_id: string;
  display_phone_number: string;
  phone_numbers: { phone_number_id: string; display_phone_number: string; verified_name: string; pin: string }[];
};

/** The first account at the top level, and all of them under `accounts`. */
export type Identity = AccountIdentity & { graph_url: string; accounts: AccountIdentity[] };

/** The identity of a simulator that answers at `url`, with the secrets as they are now. */
export function identityOf(seeds: readonly [AccountSeed, ...AccountSeed[]], state: State, url: string): Identity {
  const current = (seed: AccountSeed) => {
    const app = state.apps.get(seed.app_id);
    return accountIdentity({ ...seed, app_secret: app?.secret ?? seed.app_secret });
  };
  return { ...current(seeds[0]), graph_url: url, accounts: seeds.map(current) };
}

function accountIdentity({ numbers, templates: _templates, ...account }: AccountSeed): AccountIdentity {
  const [first] = numbers;
  return {
    ...account,
    phone_number_id: first.phone_number_id,
    display_phone_number: first.display_phone_number,
    phone_numbers: numbers.map(({ phone_number_id, display_phone_number, verified_name, pin }) => ({
      phone_number_id,
      display_phone_number,
      verified_name,
      pin,
    })),
  };
}
