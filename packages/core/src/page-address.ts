import type { CrmRecordRef } from "./crm-record.ts";

/** The parts of a page's address that tell which record it shows, as every `URL` has them. */
export type PageAddress = {
  readonly protocol: string;
  readonly port: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly hash: string;
  readonly searchParams: { get(name: string): string | null };
};

/** How one CRM writes the addresses of its pages. */
export type AddressForms = {
  /** Whether an address is on one of the CRM's hosts, exactly: hosts that only look alike are strangers. */
  readonly isHost: (address: PageAddress) => boolean;
  /** The record that an address shows; null for every other page and for every stranger's. */
  readonly recordAt: (address: PageAddress) => CrmRecordRef | null;
};
