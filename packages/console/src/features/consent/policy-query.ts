import { queryOptions } from "@tanstack/react-query";
import type { Services } from "../../platform/services.tsx";

export function policyQuery({ api }: Services) {
  return queryOptions({ queryKey: ["consent", "policy"], queryFn: () => api.consent.policy.query() });
}

export type PolicyView = Awaited<ReturnType<Services["api"]["consent"]["policy"]["query"]>>;
