import { z } from "zod";
import { pageOf } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";

const catalogSchema = z.looseObject({
  catalog_id: z.coerce.string<string | number>().regex(/^\d+$/u, "must be the id of a catalog"),
});

/** `GET /{WABA}/product_catalogs`: the catalogue that is linked to the account. */
export function listCatalogs(_sim: Sim, call: Call, account: Account): Refusal | object {
  const nodes = [...account.catalogs].map((id) => ({ id, name: `Catalog ${id.slice(-4)}` }));
  return pageOf(call, nodes, ["name"]);
}

/** `POST /{WABA}/product_catalogs`: links a catalogue in place of the one before; an account has one. */
export function linkCatalog(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(catalogSchema, call.params, "");
  if (request instanceof Refusal) return request;
  account.catalogs = new Set([request.catalog_id]);
  sim.ledger.record("catalog_linked", { waba_id: account.id, catalog_id: request.catalog_id });
  return { success: true };
}

/** `DELETE /{WABA}/product_catalogs`. */
export function unlinkCatalog(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(catalogSchema, call.params, "");
  if (request instanceof Refusal) return request;
  if (!account.catalogs.delete(request.catalog_id)) return refuseObject(request.catalog_id, "DELETE");
  sim.ledger.record("catalog_unlinked", { waba_id: account.id, catalog_id: request.catalog_id });
  return { success: true };
}
