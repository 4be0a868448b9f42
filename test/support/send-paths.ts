/** Where something that leaves begins, and which test shows that it leaves for nobody who may not be written to. */
export type SendPath = {
  readonly from: string;
  /** Who asks the gate: the verb before it queues, so that the reason is told at once, or only the lane, as with every message. */
  readonly asked: "at once and in the lane" | "in the lane";
  readonly test: string;
};

/**
 * Every way on which something can leave for a person, by its first function in our code: what people and machines call. A new one
 * is found by `test/repo/send-paths.test.ts` and stands here only with a test of its own in `test/flows/send-paths.test.ts`.
 */
export const sendPaths: readonly SendPath[] = [
  {
    from: "messaging/router.ts sendMessage",
    asked: "at once and in the lane",
    test: "what is sent without a template",
  },
  { from: "messaging/router.ts sendTemplate", asked: "at once and in the lane", test: "a template" },
  { from: "messaging/router.ts sendMany", asked: "at once and in the lane", test: "one template for many" },
  { from: "messaging/router.ts resend", asked: "at once and in the lane", test: "what is sent once more" },
  { from: "messaging/confirmation.ts confirmOptOuts", asked: "in the lane", test: "the answer to an opt-out" },
  { from: "messaging/apply-joins.ts applyJoins", asked: "in the lane", test: "the thanks for a proven consent" },
];
