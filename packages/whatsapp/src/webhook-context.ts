import type { MessageContext, Referral } from "@aparte/core/message.ts";
import { z } from "zod";
import { detail, idText } from "./wire.ts";

const text = detail(z.string().min(1).max(4096));
const around = z.object({
  context: detail(
    z.object({
      id: detail(idText),
      forwarded: detail(z.boolean()),
      frequently_forwarded: detail(z.boolean()),
      referred_product: detail(z.object({ catalog_id: idText, product_retailer_id: idText })),
    }),
  ),
  referral: detail(
    z.object({
      source_type: detail(z.enum(["ad", "post"])),
      source_id: detail(idText),
      source_url: text,
      headline: text,
      body: text,
      ctwa_clid: text,
    }),
  ),
});

/** What stands around a message: the quoted one, how it was forwarded, the advertisement, the product. */
export function readAround(message: unknown): {
  readonly replyToWamid: string | null;
  readonly context: MessageContext | null;
} {
  const { context, referral } = around.parse(message);
  const forwarded = context?.frequently_forwarded ? "often" : context?.forwarded ? "once" : "no";
  const product = context?.referred_product ?? null;
  const told = forwarded !== "no" || product !== null || referral !== null;
  return {
    replyToWamid: context?.id ?? null,
    context: told
      ? {
          forwarded,
          referral: referral && readReferral(referral),
          product: product && { catalogId: product.catalog_id, productId: product.product_retailer_id },
        }
      : null,
  };
}

function readReferral(wire: NonNullable<z.infer<typeof around>["referral"]>): Referral {
  const { source_type, source_id, source_url, headline, body, ctwa_clid } = wire;
  return {
    source: source_type ?? "ad",
    sourceId: source_id,
    url: source_url,
    headline,
    body,
    clickId: ctwa_clid,
  };
}
