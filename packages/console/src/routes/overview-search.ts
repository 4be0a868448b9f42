import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";

/** The address of the overview: what the CRM's page sent back. */
export type OverviewSearch = { readonly crm?: "connected" | "failed"; readonly reason?: ErrorCode };

/** Reads it; what it does not understand is left out. */
export function readOverviewSearch({ crm, reason }: Readonly<Record<string, unknown>>): OverviewSearch {
  return {
    ...(crm === "connected" || crm === "failed" ? { crm } : {}),
    ...(typeof reason === "string" && isErrorCode(reason) ? { reason } : {}),
  };
}
