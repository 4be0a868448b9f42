import type { AppRouter } from "@aparte/api/router";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

type Outputs = inferRouterOutputs<AppRouter>["presence"];
export type Presence = Extract<Outputs["read"], { ok: true }>;
export type QrCode = Extract<Outputs["qrCodes"], { ok: true }>["value"][number];

/**
 * How a number presents itself, read at Meta each time: what is written over must be what stands there now. For managers and
 * admins.
 */
export function presenceQuery({ api }: Services, channelId: string) {
  return queryOptions({
    queryKey: ["channels", channelId, "presence"],
    staleTime: 0,
    queryFn: () => api.presence.read.query({ channelId }),
  });
}

export function photoQuery({ api }: Services, channelId: string) {
  return queryOptions({
    queryKey: ["channels", channelId, "photo"],
    queryFn: () => api.presence.photo.query({ channelId }),
  });
}

export function codesQuery({ api }: Services, channelId: string) {
  return queryOptions({
    queryKey: ["channels", channelId, "codes"],
    queryFn: () => api.presence.qrCodes.query({ channelId }),
  });
}
