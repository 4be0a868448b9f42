import { z } from "zod";
import { begunByUs } from "./consent.ts";
import { pageLanguages } from "./preference-input.ts";

/** The inputs for links and QR codes by which people agree with a message of their own. */

const id = z.uuid();
const purposes = z.array(z.enum(begunByUs)).min(1).max(begunByUs.length).readonly();
const language = z.enum(pageLanguages);

/** Signs. The words stand in the link, and a QR code that holds many more is hard to read. */
export const joinLimits = { words: 300, source: 80, thanks: 500 } as const;

export const makeJoinInput = z.strictObject({
  /** Made by the client, once per link: the same id never makes a second one. */
  id,
  channelId: id,
  purposes,
  /** Whether the consent is for this number alone, or for all numbers of the workspace. */
  thisNumberOnly: z.boolean(),
  language,
  /** What the person sends, and so says: kept with the consent word by word. */
  words: z.string().trim().min(10).max(joinLimits.words),
  /** Where people meet it, as colleagues call it. */
  source: z.string().trim().min(1).max(joinLimits.source),
  /** Sent once to each person who agreed; null: nothing is. */
  thanks: z.string().trim().min(1).max(joinLimits.thanks).nullable(),
  /** Null: until somebody ends it. */
  days: z.int().min(1).max(1095).nullable(),
});
export type MakeJoinInput = z.infer<typeof makeJoinInput>;

/** A link for one person, who stands in front of the colleague or was spoken to; it ends after 48 hours. */
export const personalJoinInput = z.strictObject({ contactId: id, channelId: id, purposes, language });
export type PersonalJoinInput = z.infer<typeof personalJoinInput>;
