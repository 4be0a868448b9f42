/** What a user may do with an account, and since when, in ms. */
export type Assignment = { tasks: string[]; at: number };

/** A timetable of an account, as Meta lists it. */
export type Schedule = { id: string; name: string; is_active: boolean; created_time: string } & Record<string, unknown>;

/** A code that Embedded Signup gives to the browser, to be exchanged by a server; when it ends, in ms. */
export type SignupCode = { appId: string; accountId: string; endsAt: number; isUsed: boolean };
