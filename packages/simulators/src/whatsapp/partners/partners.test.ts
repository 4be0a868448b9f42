import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

type Json = Record<string, unknown>;

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator();
});
afterAll(() => sim.close());
beforeEach(() => sim.post("/_sim/reset"));

const other = () => {
  const [, second] = sim.identity.accounts;
  if (second === undefined) throw new Error("There is no second account.");
  return second;
};
const path = (id: string, edge = "") => `/v26.0/${id}${edge === "" ? "" : `/${edge}`}`;
const startSolution = async (): Promise<string> => {
  const request = {
    solution_name: "Two together",
    partner_app_id: other().app_id,
    owner_permissions: ["MESSAGING"],
    partner_permissions: [],
  };
  const { body } = await sim.post(path(sim.identity.app_id, "whatsapp_business_solution"), request);
  return String(body.solution_id);
};

describe("a solution of two apps", () => {
  it("waits for its partner, who alone can accept it, and ends when both agree", async () => {
    const id = await startSolution();
    const state = async () => (await sim.get(path(id))).body;
    expect(await state()).toMatchObject({ status: "INITIATED", status_for_pending_request: "PENDING_ACTIVATION" });
    const accept = (partner_app_id: string) => sim.post(path(id, "accept"), { partner_app_id });
    expect(errorOf(await accept("1"))).toMatchObject({ code: 100 });
    expect((await accept(other().app_id)).body).toMatchObject({ partner_status: "ACCEPTED" });
    expect(errorOf(await accept(other().app_id))).toMatchObject({ code: 100 });
    await sim.post(path(id, "send_deactivation_request"));
    expect(await state()).toMatchObject({ status: "ACTIVE", status_for_pending_request: "PENDING_DEACTIVATION" });
    expect((await sim.post(path(id, "accept_deactivation_request"))).body).toMatchObject({ status: "DEACTIVATED" });
    expect(errorOf(await sim.post(path(id, "send_deactivation_request")))).toMatchObject({ code: 100 });
  });

  it("is seen by both apps, by no other name, and gives tokens for accounts", async () => {
    const id = await startSolution();
    const { app_id, access_token } = other();
    const partners = await sim.get(path(app_id, "whatsapp_business_solutions?role=PARTNER"), access_token);
    expect(partners.body.data).toMatchObject([{ id, name: "Two together" }]);
    expect((await sim.get(path(app_id, "whatsapp_business_solutions?role=OWNER"), access_token)).body.data).toEqual([]);
    const token = (await sim.get(path(id, `access_token?business_id=${sim.identity.business_id}`))).body;
    expect((await sim.get(path(sim.identity.waba_id), String(token.access_token))).status).toBe(200);
  });

  it("can be the aim of a move, which is planned, confirmed or given up", async () => {
    const [from, to] = [await startSolution(), await startSolution()];
    const move = (migration_intent: string, more: Json = {}) =>
      sim.post(path(sim.identity.waba_id, "set_solution_migration_intent"), {
        solution_id: from,
        migration_intent,
        target_solution_id: to,
        ...more,
      });
    const { migration_intent_id: id } = (await move("INITIATE_MIGRATION")).body;
    expect((await sim.get(path(String(id)))).body).toEqual({ id, status: "INITIATED" });
    expect((await move("CANCEL_MIGRATION")).body).toMatchObject({ migration_intent_id: id });
    expect((await sim.get(path(String(id)))).body).toMatchObject({ status: "REJECTED" });
    expect(errorOf(await move("SCHEDULE_MIGRATION"))).toMatchObject({ code: 100 });
    expect(errorOf(await move("INITIATE_MIGRATION", { target_solution_id: "1" }))).toMatchObject({ subcode: 33 });
  });
});

describe("a number that is verified before an account has it", () => {
  it("is verified by its code, shared, and taken by an account without another code", async () => {
    const { business_id, waba_id } = sim.identity;
    const add = () => sim.post(path(business_id, "add_phone_numbers"), { phone_number: "+33639980077" });
    const id = String((await add()).body.id);
    expect(errorOf(await add())).toMatchObject({ code: 100, subcode: 2388012 });
    await sim.post(path(id, "request_code"), { code_method: "SMS", language: "en_US" });
    const { code } = (await sim.ledger("code_sent")).at(-1) ?? {};
    expect((await sim.post(path(id, "verify_code"), { code })).body).toEqual({ success: true, id });
    const listed = await sim.get(path(business_id, "preverified_numbers?verification_status=VERIFIED&country_code=FR"));
    expect(listed.body.data).toMatchObject([{ id, availability_status: "AVAILABLE" }]);
    await sim.post(path(business_id, "share_preverified_numbers"), {
      preverified_id: id,
      partner_business_id: other().business_id,
    });
    expect((await sim.get(path(id, "partners"))).body.data).toMatchObject([{ id: other().business_id }]);
    const number = { phone_number: "639980077", cc: "33", verified_name: "Lumen Outlet", preverified_id: id };
    const added = (await sim.post(path(waba_id, "phone_numbers"), number)).body;
    const taken = await sim.get(`${path(String(added.id))}?fields=code_verification_status`);
    expect(taken.body).toMatchObject({ code_verification_status: "VERIFIED" });
    expect((await sim.del(path(id))).body).toEqual({ success: true });
  });
});

describe("a portfolio", () => {
  it("shows itself, its accounts and its credit to its own tokens alone", async () => {
    const { business_id, waba_id } = sim.identity;
    expect((await sim.get(path(business_id))).body).toEqual({ id: business_id, name: "Maison Lumen" });
    const owned = await sim.get(path(business_id, "owned_whatsapp_business_accounts"));
    expect(owned.body.data).toMatchObject([{ id: waba_id }]);
    expect((await sim.get(path(business_id, "client_whatsapp_business_accounts"))).body.data).toEqual([]);
    expect((await sim.get(path(business_id, "extendedcredits"))).body.data).toHaveLength(1);
    expect(errorOf(await sim.get(path(other().business_id)))).toMatchObject({ code: 100, subcode: 33 });
  });

  it("asks for the Marketing Messages API once", async () => {
    const ask = async () => (await sim.post(path(sim.identity.business_id, "onboard_partners_to_mm_lite"))).body;
    expect(await ask()).toEqual(await ask());
  });
});
