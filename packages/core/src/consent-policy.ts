import { daysAlike, type Week } from "./week.ts";

/** How a workspace treats consent, hours and frequency: chosen by an admin. Countries are ISO 3166 alpha-2. */
export type ConsentPolicy = {
  /** Utility templates, too, only to people who agreed to them. */
  readonly utilityNeedsConsent: boolean;
  /** How long a marketing consent counts; null: without end. */
  readonly consentMonths: number | null;
  /** To France advertise only in the hours of its rule for calls (decree 2022-1313), and let consents end after 12 months. */
  readonly strictFrance: boolean;
  /** Answer an opt-out with one neutral confirmation. */
  readonly confirmOptOut: boolean;
  /** Words of the firm's own that stop messages at once. */
  readonly ownStopWords: readonly string[];
  /** Phrases of the firm's own that pause marketing until somebody has read them. */
  readonly ownSoftPhrases: readonly string[];
  /** Quiet hours, caps and the budget bind machines; with this, people who write by hand, too. */
  readonly bindsPeople: boolean;
  /** Hours by the clock where the person is. */
  readonly quietHours: {
    readonly marketing: "by_country" | Week;
    /** Null: at any hour. */
    readonly utility: Week | null;
    /** Marketing rests on public holidays. */
    readonly holidays: boolean;
  };
  /** Marketing messages to one person over all numbers and campaigns, in 24 hours, 7 days and 30 days; null: no limit. */
  readonly caps: {
    readonly day: number | null;
    readonly week: number | null;
    readonly month: number | null;
    /** After so many in a row that were not read, marketing rests `unreadRestDays`; null: never. */
    readonly unreadRest: number | null;
  };
  /** What templates may cost in a calendar month; `currency` is ISO 4217. Null: no limit. */
  readonly monthlyBudget: { readonly amount: number; readonly currency: string } | null;
  /** Countries whose law forbids this firm's trade to advertise by message. */
  readonly regulated: readonly string[];
  /** Countries to which this firm does not write at all. */
  readonly closedCountries: readonly string[];
};

/** How many days each cap looks back. */
export const capDays = { day: 1, week: 7, month: 30 } as const satisfies Partial<
  Record<keyof ConsentPolicy["caps"], number>
>;

export const unreadRestDays = 30;

export const defaultPolicy: ConsentPolicy = {
  utilityNeedsConsent: false,
  consentMonths: 24,
  strictFrance: false,
  confirmOptOut: true,
  ownStopWords: [],
  ownSoftPhrases: [],
  bindsPeople: false,
  quietHours: { marketing: "by_country", utility: daysAlike(7, ["07:00", "22:00"]), holidays: true },
  caps: { day: 1, week: 2, month: 4, unreadRest: 3 },
  monthlyBudget: null,
  regulated: [],
  closedCountries: [],
};
