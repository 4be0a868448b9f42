import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";
import { templateStatuses, type TemplateStatus } from "@aparte/core/template.ts";

/** The address of the overview: what the CRM's page sent back, and which templates are looked at. */
export type OverviewSearch = {
  readonly crm?: "connected" | "failed";
  readonly reason?: ErrorCode;
  readonly search?: string;
  readonly status?: TemplateStatus;
  readonly template?: string;
  readonly number?: string;
};

/** Reads it; what it does not understand is left out. */
export function readOverviewSearch(raw: Readonly<Record<string, unknown>>): OverviewSearch {
  const { crm, reason } = raw;
  const status = templateStatuses.find((known) => known === raw.status);
  const [search, template, number] = [raw.search, raw.template, raw.number].map(textOf);
  return {
    ...(crm === "connected" || crm === "failed" ? { crm } : {}),
    ...(typeof reason === "string" && isErrorCode(reason) ? { reason } : {}),
    ...(search ? { search } : {}),
    ...(status ? { status } : {}),
    ...(template ? { template } : {}),
    ...(number ? { number } : {}),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
