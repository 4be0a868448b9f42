/**
 * How long each kind of data is kept (GDPR Art. 5 (1) e), in days: the default, and the range that an administrator may choose
 * from. Prospects: three years after their last own action (CNIL, reference framework on commercial management). Proofs: the life
 * of the consent and three years (French limitation of claims on prospecting).
 */
export type RetentionRule = { readonly days: number; readonly least: number; readonly most: number };

const year = 365;

export const retentionRules = {
  /** What was said, after the last message of its conversation. That something was said, and when, stays: limits count it. */
  messages: { days: year, least: 30, most: 3 * year },
  media: { days: 90, least: 7, most: 3 * year },
  /** People who have done nothing themselves for so long: they are forgotten. */
  prospects: { days: 3 * year, least: 90, most: 5 * year },
  /** Webhook bodies as they came: of all workspaces of a server the shortest time counts. */
  webhooks: { days: 30, least: 8, most: 90 },
  /** News that this version does not understand. */
  unknown: { days: 30, least: 8, most: year },
  /** Who did what: the log of news, and who read whom. */
  audit: { days: 3 * year, least: year, most: 5 * year },
  /** Questions to CRMs that nobody waits for any more. */
  crm: { days: 90, least: 8, most: year },
  /** Copies of a person's data that were made for them. */
  exports: { days: 7, least: 1, most: 7 },
  /** Words and evidence of a consent, after it ended. */
  proofs: { days: 3 * year, least: 3 * year, most: 5 * year },
} as const satisfies Readonly<Record<string, RetentionRule>>;

export type RetentionKind = keyof typeof retentionRules;
export const retentionKinds = Object.keys(retentionRules) as readonly RetentionKind[];

/** How long everything is kept, in days. */
export type Retention = Readonly<Record<RetentionKind, number>>;

/** The rules of a workspace: what was chosen, where it is still allowed, and the defaults. */
export function retentionOf(chosen: Readonly<Partial<Record<string, number>>>): Retention {
  return Object.fromEntries(
    retentionKinds.map((kind) => {
      const { days, least, most } = retentionRules[kind];
      return [kind, Math.min(most, Math.max(least, chosen[kind] ?? days))];
    }),
  ) as Retention;
}

/** What one kind of data looks like to an administrator. */
export type RetentionView = {
  readonly kind: RetentionKind;
  readonly days: number;
  readonly rule: RetentionRule;
  readonly last: PurgeReport | null;
};

/** What a purge did with one kind. Times in ISO 8601. */
export type PurgeReport = {
  readonly at: string;
  readonly removed: number;
  /** The oldest that is still kept; null when there is nothing. */
  readonly oldestKept: string | null;
  readonly tookMs: number;
};
