import type { AppRouter } from "@aparte/api/router";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

export type ChannelDetail = Extract<inferRouterOutputs<AppRouter>["channels"]["detail"], { ok: true }>["detail"];
export type AccountNews = ChannelDetail["news"][number];

/** How a number stands at Meta, asked there each time. For managers and admins. */
export function detailQuery({ api }: Services, channelId: string) {
  return queryOptions({
    queryKey: ["channels", channelId, "detail"],
    queryFn: () => api.channels.detail.query({ channelId }),
  });
}
