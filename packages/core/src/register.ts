import type { RetentionKind } from "./retention.ts";

/** The register of processing (GDPR Art. 30): each word stands for a line that the catalogues spell out. */
export type Register = {
  /** Name of the firm. */
  readonly controller: string;
  /** YYYY-MM-DD, in UTC. */
  readonly madeOn: string;
  readonly purposes: readonly { readonly purpose: RegisterPurpose; readonly basis: LegalBasis }[];
  readonly categories: readonly DataCategory[];
  readonly people: readonly ("customers" | "prospects" | "colleagues")[];
  readonly recipients: readonly { readonly recipient: Recipient; readonly names: readonly string[] }[];
  readonly retention: readonly { readonly kind: RetentionKind; readonly days: number }[];
  readonly measures: readonly Measure[];
};

export type RegisterPurpose = "marketing" | "utility" | "authentication" | "service" | "proof" | "security";
export type LegalBasis = "consent" | "contract" | "request" | "obligation" | "interest";
export type DataCategory = "identity" | "messages" | "files" | "consent" | "records" | "usage";
export type Recipient = "whatsapp" | "hubspot" | "salesforce" | "storage";
export type Measure = "tenants" | "keys" | "roles" | "gate" | "ledger" | "reads" | "logs" | "erasure";
