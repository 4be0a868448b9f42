import { resolveReviewInput, reviewsInput } from "@aparte/core/review-input.ts";
import { procedure } from "../platform/trpc.ts";
import { listReviews, resolveReview } from "./reviews.ts";

export const reviewProcedures = {
  /** What people wrote that may be meant as a stop. */
  reviews: procedure
    .meta({ role: "rep", audit: null, reads: "consent" })
    .input(reviewsInput)
    .query(({ ctx, input }) => listReviews(ctx, input)),
  resolveReview: procedure
    .meta({ role: "rep", audit: "review.resolved" })
    .input(resolveReviewInput)
    .mutation(({ ctx, input }) => resolveReview(ctx, input)),
};
