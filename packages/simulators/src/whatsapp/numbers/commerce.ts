import { z } from "zod";
import { flagParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";

const commerceSchema = z.looseObject({
  is_cart_enabled: flagParam.optional(),
  is_catalog_visible: flagParam.optional(),
});

/** `GET /{PNID}/whatsapp_commerce_settings`: whether people can order, and see the catalogue. */
export function readCommerce(_sim: Sim, _call: Call, { commerce }: BusinessNumber): object {
  return { data: [commerce] };
}

/** `POST /{PNID}/whatsapp_commerce_settings`: one of the two, or both. */
export function writeCommerce(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(commerceSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { is_cart_enabled, is_catalog_visible } = request;
  if (is_cart_enabled === undefined && is_catalog_visible === undefined) {
    return refuseParameter("One of the parameters is_cart_enabled, is_catalog_visible is required.");
  }
  number.commerce.is_cart_enabled = is_cart_enabled ?? number.commerce.is_cart_enabled;
  number.commerce.is_catalog_visible = is_catalog_visible ?? number.commerce.is_catalog_visible;
  sim.ledger.record("commerce_settings_updated", { phone_number_id: number.id });
  return { success: true };
}
