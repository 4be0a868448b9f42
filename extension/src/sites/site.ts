import type { CrmName } from "@aparte/core/crm-record.ts";
import type { AddressForms } from "@aparte/core/page-address.ts";
import type { PageHooks } from "../platform/page-hooks.ts";

/** What the extension has to know about one CRM. A new CRM is one file beside this one and one line in `sites.ts`. */
export type Site = AddressForms & {
  readonly crm: CrmName;
  /** How the CRM calls itself, in every language. */
  readonly title: string;
  /** Hosts on which the extension may run, as the browser's match patterns, which may be wider than `isHost`. */
  readonly matchPatterns: readonly string[];
  /** Decoration and suggestion only: nothing promises that they stay. */
  readonly hooks: PageHooks;
};
