import { randomUUID } from "node:crypto";
import { emptyDefinition, type TemplateDefinition } from "@aparte/core/template-definition.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await until("templates arrive", async () => (await list()).length > 0);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const list = () => world.rep.templates.list.query({ channelId: world.channelId });
const named = async (name: string) => (await list()).find((template) => template.name === name);
const versions = (name: string) => world.manager.templates.versions.query({ channelId: world.channelId, name });
const statusOf = async (name: string) => (await named(name))?.status;

const visit: TemplateDefinition = {
  ...emptyDefinition,
  name: "visit_planned",
  language: "fr",
  body: "Bonjour {{first_name}}, votre visite à l’hôtel est prévue le {{day}} 👋 comme convenu.",
  footer: "Répondez STOP pour ne plus rien recevoir",
  buttons: [{ type: "url", text: "Détails", url: "https://example.com/v/{{1}}" }],
  samples: { "body.first_name": "Zoé", "body.day": "lundi", "button0.1": "abc" },
};
const create = (definition: TemplateDefinition, id: string = randomUUID()) =>
  world.admin.templates.create.mutate({ id, channelId: world.channelId, definition });
const edit = (templateId: string, definition: TemplateDefinition, id: string = randomUUID()) =>
  world.admin.templates.edit.mutate({ id, templateId, definition });

describe("a template written here", () => {
  it("is created, reviewed, approved by webhook, and offered as it was typed", async () => {
    const id = randomUUID();
    const [first, second] = [await create(visit, id), await create(visit, id)];
    expect(first).toEqual({ ok: true, templateId: expect.any(String) });
    expect(second).toEqual(first);
    await until("it is approved", async () => (await statusOf("visit_planned")) === "APPROVED");
    expect(await named("visit_planned")).toMatchObject({
      language: "fr",
      category: "UTILITY",
      unsupported: [],
      shape: { body: visit.body, footer: visit.footer, parameterFormat: "NAMED", examples: visit.samples },
    });
    expect(await versions("visit_planned")).toMatchObject([{ id, state: "approved", definition: visit, reason: null }]);
  });

  it("is refused before the wire, with the field and the rule", async () => {
    expect(await create({ ...visit, name: "visit_two", body: "{{day}}" })).toMatchObject({
      refused: "templates.definition_invalid",
      facts: { field: "body", rule: "variable_edge" },
    });
    expect(await create(visit)).toMatchObject({
      refused: "templates.definition_invalid",
      facts: { rule: "name_taken" },
    });
  });
});
