import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { Answer, OpenSimulator } from "../testing/open-simulator.ts";

type Json = Record<string, unknown>;

let sim: OpenSimulator;
let flows: string;
beforeAll(async () => {
  sim = await openSimulator();
  flows = `/v26.0/${sim.identity.waba_id}/flows`;
});
afterAll(() => sim.close());
beforeEach(() => sim.post("/_sim/reset"));

const screen = (changes: Json = {}) => ({ id: "WELCOME", terminal: true, layout: { children: [] }, ...changes });
const json = (...screens: Json[]) => JSON.stringify({ version: "5.0", screens });
const create = async (name: string, more: Json = {}): Promise<string> =>
  String((await sim.post(flows, { name, categories: ["OTHER"], ...more })).body.id);
const post = (id: string, edge: string) => sim.post(`/v26.0/${id}/${edge}`);

async function upload(id: string, text: string): Promise<Answer> {
  const form = new FormData();
  form.append("asset_type", "FLOW_JSON");
  form.append("name", "flow.json");
  form.append("file", new File([text], "flow.json", { type: "application/json" }));
  const answer = await fetch(`${sim.url}/v26.0/${id}/assets`, {
    method: "POST",
    headers: { authorization: `Bearer ${sim.identity.access_token}` },
    body: form,
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Json };
}

describe("a flow", () => {
  it("is drafted, gets its JSON, is published once, and can then only be deprecated", async () => {
    const id = await create("visit");
    expect(errorOf(await post(id, "publish"))).toMatchObject({ code: 139_002 });
    expect(errorOf(await post(id, "deprecate"))).toMatchObject({ code: 139_003 });
    expect((await upload(id, json(screen()))).body).toEqual({ success: true, validation_errors: [] });
    expect((await post(id, "publish")).body).toEqual({ success: true });
    expect((await sim.get(`/v26.0/${id}`)).body).toEqual({
      id,
      name: "visit",
      status: "PUBLISHED",
      categories: ["OTHER"],
      validation_errors: [],
    });
    expect(errorOf(await upload(id, json(screen())))).toMatchObject({ code: 139_001 });
    expect(errorOf(await sim.del(`/v26.0/${id}`))).toMatchObject({ code: 139_004 });
    expect((await post(id, "deprecate")).body).toEqual({ success: true });
    expect(errorOf(await post(id, "publish"))).toMatchObject({ code: 139_002 });
  });

  it.each<[string, string, string]>([
    ["text that is no JSON", "{", "INVALID_JSON"],
    ["no screens", JSON.stringify({ version: "5.0" }), "REQUIRED_PROPERTY_MISSING"],
    ["no last screen", json(screen({ terminal: false })), "MISSING_TERMINAL_SCREEN"],
    ["no version", JSON.stringify({ screens: [screen()] }), "INVALID_PROPERTY_VALUE"],
    ["a screen without layout", json(screen({ layout: undefined })), "REQUIRED_PROPERTY_MISSING"],
  ])("with %s is kept as a draft, with what is wrong", async (_what, text, error) => {
    const id = await create("visit");
    expect((await upload(id, text)).body.validation_errors).toMatchObject([{ error }]);
    expect((await sim.get(`/v26.0/${id}?fields=validation_errors`)).body.validation_errors).toMatchObject([{ error }]);
    expect(errorOf(await post(id, "publish"))).toMatchObject({ code: 139_002 });
    expect((await sim.del(`/v26.0/${id}`)).body).toEqual({ success: true });
  });

  it("has a name of its own, and can be the copy of another", async () => {
    const id = await create("visit", { flow_json: json(screen()) });
    const taken = errorOf(await sim.post(flows, { name: "visit", categories: ["OTHER"] }));
    expect(taken).toMatchObject({ code: 100, subcode: 4_016_019 });
    expect(errorOf(await sim.post(flows, { name: "b", categories: ["FUN"] }))).toMatchObject({ code: 100 });
    const copy = await create("copy", { clone_flow_id: id, publish: true });
    expect((await sim.get(`/v26.0/${copy}?fields=status,json_version`)).body).toMatchObject({
      status: "PUBLISHED",
      json_version: "5.0",
    });
    const { data } = (await sim.get(`/v26.0/${copy}/assets`)).body;
    const [asset] = data as Json[];
    expect(await (await fetch(String(asset?.download_url))).text()).toBe(json(screen()));
  });

  it("is opened by a template, which a send must then name", async () => {
    const id = await create("visit", { flow_json: json(screen()), publish: true });
    const components = [
      { type: "BODY", text: "Choose the time of your visit." },
      { type: "BUTTONS", buttons: [{ type: "FLOW", text: "Choose", flow_name: "visit" }] },
    ];
    const template = { name: "visit_form", language: "en_US", category: "UTILITY", components };
    const made = await sim.post(`/v26.0/${sim.identity.waba_id}/message_templates`, template);
    const stored = (await sim.get(`/v26.0/${String(made.body.id)}`)).body.components as Json[];
    expect(stored[1]?.buttons).toEqual([
      { type: "FLOW", text: "Choose", flow_id: id, flow_action: "navigate", navigate_screen: "WELCOME" },
    ]);
  });

  it("is copied by name within the portfolio, and only where the name is free", async () => {
    await create("visit");
    const migrate = (source_waba_id: string, ...source_flow_names: string[]) =>
      sim.post(flows.replace("/flows", "/migrate_flows"), { source_waba_id, source_flow_names });
    expect((await migrate(sim.identity.waba_id, "visit", "none")).body).toMatchObject({
      migrated_flows: [],
      failed_flows: [
        { source_name: "visit", error_code: "4233042" },
        { source_name: "none", error_code: "4233041" },
      ],
    });
    const [, other] = sim.identity.accounts;
    expect(errorOf(await migrate(other?.waba_id ?? "", "visit"))).toMatchObject({ code: 100, subcode: 33 });
  });
});
