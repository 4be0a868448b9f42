import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { linkTo } from "./links.ts";

export const mediaRouter = router({
  link: procedure
    .meta({ role: "rep", audit: null, reads: "file" })
    .input(z.strictObject({ fileId: z.string().min(1).max(200), download: z.boolean().default(false) }))
    .query(({ ctx, input }) => linkTo(ctx, { fileId: input.fileId, use: input.download ? "download" : "show" })),
});
