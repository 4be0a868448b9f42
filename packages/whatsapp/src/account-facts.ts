import { z } from "zod";
import { health, type Health } from "./health.ts";
import { detail, idText, word } from "./wire.ts";

/** What Meta tells of an account (WABA). Null: not told. */
export type AccountFacts = {
  readonly wabaId: string;
  readonly name: string | null;
  /** The business portfolio that owns it: BSUIDs count in all accounts of one. */
  readonly portfolioId: string | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** ISO 3166, two letters. */
  readonly country: string | null;
  /** APPROVED, PENDING, REJECTED … */
  readonly reviewStatus: string | null;
  /** verified, not_verified, pending … */
  readonly businessVerification: string | null;
  /** ACTIVE, RESTRICTED … */
  readonly status: string | null;
  /** People to whom the portfolio may write first in 24 hours: TIER_2K … TIER_UNLIMITED. */
  readonly messagingLimit: string | null;
  /** Null when no payment method is set: messages that cost are not sent then. */
  readonly fundingId: string | null;
  readonly health: Health | null;
};

/** The fields to ask an account for. */
export const accountFields = [
  "id",
  "name",
  "owner_business_info",
  "currency",
  "country",
  "account_review_status",
  "business_verification_status",
  "status",
  "whatsapp_business_manager_messaging_limit",
  "primary_funding_id",
  "health_status",
].join(",");

const account = z
  .object({
    id: idText,
    name: detail(word),
    owner_business_info: detail(z.object({ id: idText })),
    currency: detail(word),
    country: detail(word),
    account_review_status: detail(word),
    business_verification_status: detail(word),
    status: detail(word),
    whatsapp_business_manager_messaging_limit: detail(word),
    primary_funding_id: detail(idText),
    health_status: detail(health),
  })
  .transform((wire): AccountFacts => ({
    wabaId: wire.id,
    name: wire.name,
    portfolioId: wire.owner_business_info?.id ?? null,
    currency: wire.currency,
    country: wire.country,
    reviewStatus: wire.account_review_status,
    businessVerification: wire.business_verification_status,
    status: wire.status,
    messagingLimit: wire.whatsapp_business_manager_messaging_limit,
    fundingId: wire.primary_funding_id,
    health: wire.health_status,
  }));

/** Reads an account object; null when it names none. */
export function readAccountFacts(json: unknown): AccountFacts | null {
  return account.safeParse(json).data ?? null;
}
