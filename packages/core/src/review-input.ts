import { z } from "zod";

/** One page of what people wrote that may be meant as a stop: still to be read, or decided. */
export const reviewsInput = z.strictObject({
  state: z.enum(["open", "resolved"]).default("open"),
  /** What one person wrote; null: what anybody wrote. */
  contactId: z.uuid().nullable().default(null),
  /** `next` of the page before; null begins. */
  after: z.uuid().nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
});
export type ReviewsInput = z.output<typeof reviewsInput>;

export const resolveReviewInput = z.strictObject({ id: z.uuid(), verdict: z.enum(["stop", "not_a_stop"]) });
export type ResolveReviewInput = z.infer<typeof resolveReviewInput>;
