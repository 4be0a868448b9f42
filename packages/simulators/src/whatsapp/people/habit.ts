import { z } from "zod";
import { problemOfInbound } from "./inbound-kinds.ts";

const message = z.looseObject({ type: z.string().min(1) }).superRefine((value, context) => {
  const problem = problemOfInbound(value);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

/** What a person does about a message. */
const deed = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("say"), text: z.string().min(1), quotes: z.boolean().default(false) }),
  /** Any message object of Meta's webhook; a medium without bytes is a sample. */
  z.strictObject({ kind: z.literal("send"), message }),
  /** Taps the nth button, row or card of the message; a form is sent with `answers`, a product is ordered. */
  z.strictObject({
    kind: z.literal("tap"),
    nth: z.int().positive().default(1),
    answers: z.record(z.string(), z.unknown()).default({}),
  }),
  z.strictObject({ kind: z.literal("react"), emoji: z.string().default("👍") }),
  z.strictObject({ kind: z.literal("block") }),
  /** By the word STOP, or by WhatsApp's own switch. */
  z.strictObject({ kind: z.literal("opt_out"), by: z.enum(["word", "switch"]).default("word") }),
]);

/** Something that a person is wont to do when a message of a kind comes. */
export const habitSchema = z.strictObject({
  /** Which messages: any, a type by Meta's name, or `marketing` templates. */
  on: z.string().min(1).default("any"),
  /** How long after it has come, in ms. */
  after_ms: z.int().nonnegative().default(2000),
  /** How often; always when left out. */
  times: z.int().nonnegative().optional(),
  does: deed,
});

export type Habit = z.infer<typeof habitSchema>;
export type Deed = Habit["does"];
