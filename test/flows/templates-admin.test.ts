import { randomUUID } from "node:crypto";
import { emptyDefinition, type TemplateDefinition } from "@aparte/core/template-definition.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf, metaOf, unixNow } from "../support/meta-webhook.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await hearAll();
  await until("templates arrive", async () => (await list()).length > 0);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

/** As an administrator ticks them in the dashboard of the app. */
async function hearAll(): Promise<void> {
  const { app_id, app_secret, verify_token } = world.whatsapp.identity;
  const token = encodeURIComponent(`${app_id}|${app_secret}`);
  await post(`${world.whatsapp.url}/v26.0/${app_id}/subscriptions?access_token=${token}`, {
    object: "whatsapp_business_account",
    callback_url: `${world.origin}/webhooks/whatsapp`,
    verify_token,
    fields: [
      "messages",
      "message_template_status_update",
      "message_template_quality_update",
      "message_template_components_update",
      "template_category_update",
    ].join(","),
  });
}

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

const steer = (id: string, change: object) => post(`${world.whatsapp.url}/_sim/templates/${id}`, change);
const metaIdOf = async (name: string) => {
  const [row] = await sql<
    { meta_id: string }[]
  >`select meta_id from templates where name = ${name} and status <> 'DELETED'`;
  return row?.meta_id ?? "";
};
const idOf = async (name: string) => (await named(name))?.id ?? "";
const becomes = (name: string, status: string) =>
  until(`${name} is ${status}`, async () => (await statusOf(name)) === status);

describe("a template that exists", () => {
  it("is changed once a day; meanwhile it is not offered, and who is too early is told before Meta is asked", async () => {
    const templateId = await idOf("visit_planned");
    const editable = await world.admin.templates.editable.query({ templateId });
    expect(editable).toEqual({ ok: true, definition: visit, allowance: { can: "now" } });
    const changed = { ...visit, footer: "Répondez STOP pour arrêter" };
    const id = randomUUID();
    expect(await edit(templateId, changed, id)).toEqual({ ok: true, templateId });
    expect(await edit(templateId, changed, id)).toEqual({ ok: true, templateId });
    expect(await named("visit_planned")).toMatchObject({ status: "PENDING", shape: { footer: changed.footer } });
    await becomes("visit_planned", "APPROVED");
    const states = (await versions("visit_planned")).map(({ state, definition }) => [state, definition.footer]);
    expect(states).toEqual([
      ["approved", changed.footer],
      ["approved", visit.footer],
    ]);
    const asked = async () => ((await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as unknown[]).length;
    const before = await asked();
    expect(await edit(templateId, visit)).toMatchObject({ refused: "templates.edit_limit" });
    expect(await asked()).toBe(before);
  });

  it("is rejected with the reason and Meta's advice, changed freely, and approved", async () => {
    const hidden = {
      ...visit,
      name: "visit_hidden",
      body: "Bonjour {{first_name}}, tout est sur bit.ly/abc pour {{day}}, à bientôt.",
    };
    await create(hidden);
    await becomes("visit_hidden", "REJECTED");
    const [version] = await versions("visit_hidden");
    expect(version).toMatchObject({ state: "rejected", reason: "INVALID_FORMAT" });
    expect(version?.recommendation).toContain("full link");
    expect((await named("visit_hidden"))?.recommendation).toBe(version?.recommendation);
    const better = { ...hidden, body: "Bonjour {{first_name}}, tout est sur notre page pour {{day}}, à très bientôt." };
    expect(await edit(await idOf("visit_hidden"), better)).toMatchObject({ ok: true });
    await becomes("visit_hidden", "APPROVED");
    expect(await named("visit_hidden")).toMatchObject({ rejectedReason: null, recommendation: null });
  });

  it("says its quality and the category that is coming, with the date", async () => {
    const id = await metaIdOf("visit_hidden");
    await steer(id, { quality: "YELLOW", correct_category: "MARKETING" });
    const told = await until("both are known", async () => {
      const template = await named("visit_hidden");
      return template?.quality === "YELLOW" && template.nextCategory && template;
    });
    expect(told.category).toBe("UTILITY");
    expect(told.nextCategory?.category).toBe("MARKETING");
    expect(Date.parse(told.nextCategory?.from ?? "") - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await steer(id, { category: "MARKETING" });
    await until("it counts", async () => {
      const template = await named("visit_hidden");
      return template?.category === "MARKETING" && template.nextCategory === null;
    });
  });

  it("gets the words that Meta gives it, and forgets none of its form", async () => {
    await steer(await metaIdOf("visit_hidden"), {
      body: "Bonjour {{first_name}}, autre texte de Meta pour {{day}}, voilà tout.",
    });
    const template = await until("the words are there", async () => {
      const found = await named("visit_hidden");
      return found?.shape.body.includes("autre texte") && found;
    });
    expect(template.shape).toMatchObject({ footer: visit.footer, buttons: visit.buttons, parameterFormat: "NAMED" });
  });

  it("is paused, cannot be sent, and comes back when an admin asks or the archive is opened", async () => {
    await steer(await metaIdOf("visit_hidden"), { status: "PAUSED" });
    await becomes("visit_hidden", "PAUSED");
    const templateId = await idOf("visit_hidden");
    expect(await world.admin.templates.unpause.mutate({ templateId })).toEqual({ ok: true });
    await becomes("visit_hidden", "APPROVED");
    expect(await world.admin.templates.archive.mutate({ templateId, archived: true })).toEqual({ ok: true });
    await becomes("visit_hidden", "ARCHIVED");
    expect(await world.admin.templates.archive.mutate({ templateId, archived: false })).toEqual({ ok: true });
    await becomes("visit_hidden", "APPROVED");
  });

  it("is not moved by news that come late", async () => {
    const id = await metaIdOf("visit_planned");
    const told = (time: number, event: string) =>
      metaOf(world).deliver(
        bodyOf([
          {
            id: world.whatsapp.identity.waba_id,
            time,
            changes: [
              {
                field: "message_template_status_update",
                value: {
                  event,
                  message_template_id: Number(id),
                  message_template_name: "visit_planned",
                  message_template_language: "fr",
                  reason: "NONE",
                },
              },
            ],
          },
        ]),
      );
    const now = unixNow() + 60;
    await told(now, "PAUSED");
    await becomes("visit_planned", "PAUSED");
    await told(now - 30, "APPROVED");
    await told(now, "FLAGGED");
    await until("all is read", async () => {
      const [row] = await sql`select count(*)::int as waiting from webhook_deliveries where projected_at is null`;
      return row?.["waiting"] === 0;
    });
    expect(await statusOf("visit_planned")).toBe("PAUSED");
    await told(now + 1, "APPROVED");
    await becomes("visit_planned", "APPROVED");
  });

  it("is deleted in one language or in all, not when Meta switched it off", async () => {
    await create({
      ...visit,
      name: "visit_hidden",
      language: "fr_BE",
      body: "Bonjour {{first_name}}, en Belgique nous disons {{day}} aussi, à bientôt.",
    });
    await until("two languages", async () => (await list()).filter(({ name }) => name === "visit_hidden").length === 2);
    const remove = (name: string, templateId: string | null) =>
      world.admin.templates.delete.mutate({ channelId: world.channelId, name, templateId });
    const belgian = (await list()).find(({ language }) => language === "fr_BE");
    expect(await remove("visit_hidden", belgian?.id ?? "")).toEqual({ ok: true });
    expect((await named("visit_hidden"))?.language).toBe("fr");
    expect(await remove("visit_hidden", null)).toEqual({ ok: true });
    expect(await named("visit_hidden")).toBeUndefined();
    expect(await remove("visit_hidden", null)).toMatchObject({ refused: "templates.not_found" });
    expect(await remove("last_chance", null)).toMatchObject({ refused: "templates.not_deletable" });
  });
});

describe("a version", () => {
  it("waits as a draft, changes until it is handed in, and never after", async () => {
    const id = randomUUID();
    const draft = { ...emptyDefinition, name: "unfinished" };
    const save = (definition: TemplateDefinition) =>
      world.admin.templates.saveDraft.mutate({ id, channelId: world.channelId, templateId: null, definition });
    const drafts = async () =>
      (await world.manager.templates.drafts.query({ channelId: world.channelId })).map((one) => one.id);
    expect(await save(draft)).toEqual({ ok: true });
    expect(await drafts()).toEqual([id]);
    const finished = {
      ...visit,
      name: "finished",
      body: "Bonjour {{first_name}}, ce texte est fini depuis {{day}}, enfin presque.",
    };
    expect(await save(finished)).toEqual({ ok: true });
    expect(await create(finished, id)).toMatchObject({ ok: true });
    expect(await drafts()).toEqual([]);
    expect(await save(draft)).toMatchObject({ refused: "templates.handed_in" });
    const other = randomUUID();
    await world.admin.templates.saveDraft.mutate({
      id: other,
      channelId: world.channelId,
      templateId: null,
      definition: draft,
    });
    await world.admin.templates.discardDraft.mutate({ id: other });
    expect(await drafts()).toEqual([]);
  });

  it("that Meta refuses is a draft again, with Meta's words", async () => {
    const id = randomUUID();
    const again = {
      ...visit,
      name: "visit_planned_2",
      body: "Bonjour {{first_name}}, votre second texte pour {{day}} est là, merci.",
    };
    await post(`${world.whatsapp.url}/_sim/faults`, {
      match: { method: "POST", path: "/message_templates", times: 1 },
      action: {
        kind: "status",
        status: 400,
        body: {
          error: {
            code: 100,
            error_subcode: 2388019,
            message: "Invalid parameter",
            error_user_title: "Limit",
            error_user_msg: "Too many",
          },
        },
      },
    });
    expect(await create(again, id)).toMatchObject({ refused: "templates.limit_reached", facts: { title: "Limit" } });
    expect(await versions("visit_planned_2")).toMatchObject([{ id, state: "draft", submittedAt: null }]);
    expect(await create(again, id)).toMatchObject({ ok: true });
  });

  it("whose answer was lost is settled by what Meta lists", async () => {
    const taken = {
      ...visit,
      name: "answer_lost",
      body: "Bonjour {{first_name}}, cette réponse pour {{day}} s’est perdue, hélas.",
    };
    const never = {
      ...visit,
      name: "never_arrived",
      body: "Bonjour {{first_name}}, ce texte pour {{day}} n’est jamais arrivé, hélas.",
    };
    const drop = (after: boolean) =>
      post(`${world.whatsapp.url}/_sim/faults`, {
        match: { method: "POST", path: "/message_templates", times: 1 },
        action: { kind: after ? "drop_after" : "drop_before" },
      });
    await drop(true);
    expect(await create(taken)).toMatchObject({ refused: "messaging.connection_failed" });
    await drop(false);
    expect(await create(never)).toMatchObject({ refused: "messaging.connection_failed" });
    await sql`update templates_versions set submitted_at = now() - interval '2 minutes' where state = 'sending'`;
    await world.admin.templates.sync.mutate({ channelId: world.channelId });
    await until("the taken one is known", async () => {
      const [version] = await versions("answer_lost");
      return version?.templateId && (version.state === "approved" || version.state === "in_review");
    });
    expect(await versions("never_arrived")).toMatchObject([{ state: "draft", templateId: null }]);
  });
});

describe("a file in a heading", () => {
  it("is uploaded as a sample when the template is handed in", async () => {
    const fileId = randomUUID();
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const given = await fetch(`${world.origin}/media/${fileId}?channel=${world.channelId}&name=sample.png`, {
      method: "PUT",
      headers: { authorization: `Bearer ${world.tokens.admin}`, "content-type": "image/png" },
      body: png,
    });
    expect(await given.json()).toMatchObject({ ok: true });
    const pictured: TemplateDefinition = {
      ...visit,
      name: "visit_pictured",
      header: { type: "media", media: "IMAGE" },
      body: "Bonjour {{first_name}}, voici en image notre rendez-vous de {{day}}, à bientôt.",
      samples: { ...visit.samples, "header.media": fileId },
    };
    expect(await create({ ...pictured, samples: { ...pictured.samples, "header.media": randomUUID() } })).toMatchObject(
      {
        refused: "media.not_found",
      },
    );
    expect(await create(pictured)).toMatchObject({ ok: true });
    await becomes("visit_pictured", "APPROVED");
    expect((await named("visit_pictured"))?.shape.headerMedia).toBe("IMAGE");
  });
});

describe("Meta's library", () => {
  it("is searched, and a template of it is ours at once", async () => {
    const found = await world.admin.templates.library.query({
      channelId: world.channelId,
      language: "en_US",
      search: "",
    });
    const [first] = found.ok ? found.templates : [];
    expect(first?.shape.body.length).toBeGreaterThan(10);
    const taken = await world.admin.templates.takeFromLibrary.mutate({
      channelId: world.channelId,
      libraryName: first?.name ?? "",
      language: "en_US",
      name: "from_library",
      buttonTargets: ["https://example.com/track", "+15550100001"],
    });
    expect(taken).toMatchObject({ ok: true });
    expect(await named("from_library")).toMatchObject({ status: "APPROVED", shape: { body: first?.shape.body } });
  });
});
