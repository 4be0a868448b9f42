import type { Habit } from "./habit.ts";

/** How long things take on a person's phone, in ms after the step before, and whether they are seen at all. */
export type Behaviour = {
  sent_ms: number;
  delivered_ms: number;
  read_ms: number;
  /** False: the person reads without read receipts, or does not look. */
  reads: boolean;
  /** True: the person listens to the voice messages that they have read, after as long again. */
  plays: boolean;
  /** True: `delivered` is left out when the message is read, as happens when the chat is open. */
  skip_delivered: boolean;
};

/** One user of WhatsApp. */
export type Person = {
  /** Digits of the phone number. */
  waId: string;
  /** How often the business-scoped ids were made anew while the number stayed. */
  idChanges: number;
  name: string;
  /** Set once the person has adopted a username. */
  username: string | undefined;
  /**
   * Whether businesses are kept from the phone number and see the BSUID alone; by Meta's rule for those with a
   * username when undefined.
   */
  phoneHidden: boolean | undefined;
  /** The business has blocked this person (130403). */
  blocked: boolean;
  /** The person has stopped marketing messages, by portfolio id. */
  optedOutOf: Set<string>;
  /** Business numbers that the person has blocked, by id: what they send stays `sent`. */
  blockedNumbers: Set<string>;
  /** When marketing templates came in the last 24 hours, in ms. */
  marketingAt: number[];
  /** How many of them a day the person gets; Meta's rule for their country when undefined. */
  marketingCap: number | undefined;
  notOnWhatsApp: boolean;
  identityHash: string | undefined;
  /** Every message to this person fails with this code. */
  failCode: number | undefined;
  behaviour: Partial<Behaviour>;
  /** What the person does about the messages that come. */
  habits: Habit[];
};
