import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { meet, optIn, templateNamed, templateTo } from "../support/conversation.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

let contactId: string;
let url: string;
let waId: string;
beforeEach(async () => {
  waId = newNumber();
  contactId = await meet(world, sql, waId);
  url = await linkOf(contactId);
});

async function linkOf(id: string): Promise<string> {
  const link = await world.rep.consent.preferenceLink.query({ contactId: id });
  if (!link.ok) throw new Error(`No link: ${link.refused}`);
  return link.url;
}

type Shown = { readonly status: number; readonly page: string; readonly headers: Headers };

async function open(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Shown> {
  const answer = await fetch(address, { headers: { "accept-language": "en", ...headers } });
  return { status: answer.status, page: await answer.text(), headers: answer.headers };
}

async function press(address: string, form: string, headers: Readonly<Record<string, string>> = {}): Promise<Shown> {
  const type = "application/x-www-form-urlencoded";
  const answer = await fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": type, "accept-language": "en", ...headers },
    body: form,
  });
  return { status: answer.status, page: await answer.text(), headers: answer.headers };
}

type Kept = {
  readonly purpose: string;
  readonly action: string;
  readonly wording: string;
  readonly language: string;
  readonly evidence: Readonly<Record<string, string>>;
};

async function kept(id = contactId): Promise<Kept[]> {
  return sql<Kept[]>`
    select e.purpose, e.action, e.language, p.wording, p.evidence from consent_entries e
    join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id
    where e.contact_id = ${id} and e.method = 'preference_page' order by e.n`;
}

describe("the preference page", () => {
  it("opens by its link alone, names nobody, and loads nothing from anywhere", async () => {
    const { status, page, headers } = await open(url);
    expect(status).toBe(200);
    expect(page).toContain("Acme");
    expect(page).toContain(`… ${waId.slice(-2)}`);
    expect(page).not.toContain(waId.slice(2, -2));
    expect(page).not.toMatch(/<script|<img|<link|src=|Ana/);
    expect(url).not.toContain(contactId);
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("set-cookie")).toBeNull();
  });

  it("changes nothing when it is opened, however often and with whatever is in the address", async () => {
    for (const query of ["", "?stop=all", "?language=fr&stop=marketing", "?List-Unsubscribe=One-Click"]) {
      expect((await open(url + query)).status).toBe(200);
      await fetch(url + query, { method: "HEAD" });
    }
    expect(await kept()).toEqual([]);
  });

  it("stops one purpose: the next advertisement is refused at once, with the words and the page as proof", async () => {
    await optIn(world, contactId);
    const template = await templateNamed(world, "welcome_intro");
    const { page } = await press(url, "stop=marketing", { "user-agent": "Nokia/1.0", "accept-language": "fr-CA,en" });
    expect(page).toContain("C’est enregistré");
    expect(await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))).toMatchObject({
      refused: "consent.opted_out",
    });
    const [entry, ...others] = await kept();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ purpose: "marketing", action: "withdrawn", language: "fr" });
    expect(entry?.wording).toContain("[Arrêter les actualités et offres]");
    expect(entry?.evidence).toEqual({
      page: "fr 0",
      digest: expect.stringMatching(/^[\da-f]{64}$/),
      network: expect.stringMatching(/^(127\.0\.0\.0\/24|0:0:0::\/48)$/),
      userAgent: "Nokia/1.0",
    });
  });

  it("stops everything, by its button and by the one click of mail programs", async () => {
    const { page } = await press(url, "List-Unsubscribe=One-Click");
    expect(page).toContain("begins no conversation with you");
    expect(page).toContain("All messages are stopped.");
    expect((await kept()).map(({ purpose }) => purpose).toSorted()).toEqual(["authentication", "marketing", "utility"]);
    const other = await meet(world, sql, newNumber());
    await press(await linkOf(other), "stop=all");
    expect(await kept(other)).toHaveLength(3);
  });

  it("takes the one click of mail programs as multipart too, and nothing else in that form", async () => {
    const send = async (name: string, value: string) => {
      const body = new FormData();
      body.set(name, value);
      return (await fetch(url, { method: "POST", body })).status;
    };
    expect(await send("stop", "all")).toBe(400);
    expect(await send("List-Unsubscribe", "x".repeat(2000))).toBe(413);
    expect(await kept()).toEqual([]);
    expect(await send("List-Unsubscribe", "One-Click")).toBe(200);
    expect(await kept()).toHaveLength(3);
  });

  it("counts a choice once, however often the form is sent and from however many pages", async () => {
    await Promise.all(Array.from({ length: 8 }, () => press(url, "stop=all")));
    expect(await kept()).toHaveLength(3);
    await press(url, "stop=marketing");
    expect(await kept()).toHaveLength(3);
  });

  it("lets the person allow again, with what they agreed to kept word by word", async () => {
    await press(url, "stop=all");
    // Within the second of the withdrawal it would not count: doubt never sends.
    await sql`select pg_sleep(1.1)`;
    const { page } = await press(url, "allow=marketing");
    expect(page).toContain("may send you this");
    const given = (await kept()).find(({ action }) => action === "given");
    expect(given).toMatchObject({ purpose: "marketing", language: "en" });
    expect(given?.wording).toContain("I agree that Acme sends me news and offers on WhatsApp.");
    expect((await open(url)).page).toMatch(/Allowed until \d+ \w+ 20\d\d|Allowed until \w+ \d+, 20\d\d/);
    const template = await templateNamed(world, "welcome_intro");
    expect(await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))).toMatchObject({
      ok: true,
    });
  });

  it("stops what was said to begin later than now, when a colleague's clock was ahead", async () => {
    await optIn(world, contactId, new Date(Date.now() + 30_000));
    await press(url, "stop=marketing");
    expect((await open(url)).page).toContain("Stop notices");
    const template = await templateNamed(world, "welcome_intro");
    expect(await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))).toMatchObject({
      refused: "consent.opted_out",
    });
  });

  it("does not lift what was switched off in WhatsApp, and says where that is done", async () => {
    await sql`
      insert into consent_entries (workspace_id, id, contact_id, act_id, purpose, channel_id, action, method, occurred_at,
        source_key, commitment)
      select workspace_id, gen_random_uuid(), ${contactId}, gen_random_uuid(), 'marketing', id, 'withdrawn', 'whatsapp_preference',
        now(), gen_random_uuid(), '\\x00' from channels`;
    const { page } = await open(url);
    expect(page).toContain("You switched this off in WhatsApp itself.");
    expect(page).not.toContain("Allow news and offers");
    await press(url, "allow=marketing");
    const template = await templateNamed(world, "welcome_intro");
    expect(await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))).toMatchObject({
      ok: false,
    });
  });

  it("has the firm's own words, escaped, and keeps which version was seen", async () => {
    const texts = {
      title: "À vous <b>de jouer</b>",
      intro: null,
      marketing: null,
      utility: null,
      authentication: null,
      goodbye: 'Au "revoir"',
    };
    const saved = await world.admin.consent.savePreferenceTexts.mutate({ language: "fr", texts });
    expect(saved).toEqual({ ok: true, version: 1 });
    // What stands there already is no new version.
    expect(await world.admin.consent.savePreferenceTexts.mutate({ language: "fr", texts })).toEqual(saved);
    const { page } = await press(url, "stop=utility", { "accept-language": "fr" });
    expect(page).toContain("À vous &lt;b&gt;de jouer&lt;/b&gt;");
    expect(page).toContain("Au &quot;revoir&quot;");
    expect((await kept())[0]?.evidence).toMatchObject({ page: "fr 1" });
    expect((await open(url)).page).not.toContain("de jouer");
    await world.admin.consent.savePreferenceTexts.mutate({
      language: "fr",
      texts: { ...texts, title: null, goodbye: null },
    });
  });

  it("still opens when the person turns out to be another contact", async () => {
    const other = await meet(world, sql, newNumber());
    await sql`update contacts set merged_into = ${other}, wa_id = null where id = ${contactId}`;
    await press(url, "stop=marketing");
    expect(await kept(other)).toHaveLength(1);
  });
});

describe("links that open nothing", () => {
  const unusable = "This link does not work any more";

  it("all get the same answer: revoked ones, forgotten people, and whatever was never a link", async () => {
    const forgotten = await meet(world, sql, newNumber());
    const forgottenUrl = await linkOf(forgotten);
    await sql`update contacts set wa_id = null where id = ${forgotten}`;
    await sql`delete from contacts_bsuids where contact_id = ${forgotten}`;
    const revoked = await world.manager.consent.revokePreferenceLinks.mutate({ contactId });
    const token = url.split("/").at(-1) ?? "";
    const hostile = [
      `${token.slice(0, -1)}A`,
      `${token}/..`,
      `${token}%00`,
      `${token}%0d%0aset-cookie:a=b`,
      "",
      "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
      "<script>alert(1)</script>",
      "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
      "//evil.example/",
      "https://evil.example",
      "' or 1=1 --",
      "{{1}}",
      "A".repeat(68),
      "A".repeat(12_000),
      "💥".repeat(40),
      "constructor",
    ];
    const answers: Shown[] = [];
    for (const address of [url, forgottenUrl, ...hostile.map((path) => `${world.origin}/preferences/${path}`)]) {
      answers.push(await open(address), await press(address, "stop=all"));
    }
    const [first] = answers;
    expect(first?.status).toBe(404);
    expect(first?.page).toContain(unusable);
    expect(answers.filter(({ status, page }) => status !== 404 || page !== first?.page)).toEqual([]);
    expect(await kept()).toEqual([]);
    expect(revoked.ok && (await open(revoked.url)).status).toBe(200);
  });

  it("are not repeated in an answer, even where the address cannot be read at all", async () => {
    const { status, page } = await open(`${world.origin}/preferences/%ZZ%3Cb%3Ecanary`);
    expect([status, page.includes("canary")]).toEqual([404, false]);
  });

  it("are told alike in time", async () => {
    const wrong = url.replace(/.{5}$/, "AAAAA");
    await world.manager.consent.revokePreferenceLinks.mutate({ contactId });
    const times = { revoked: [] as number[], wrong: [] as number[] };
    for (let turn = 0; turn < 25; turn += 1) {
      for (const [name, address] of [
        ["revoked", url],
        ["wrong", wrong],
      ] as const) {
        const start = performance.now();
        await open(address);
        times[name].push(performance.now() - start);
      }
    }
    // The fastest of many are those that nothing else slowed down.
    const [one, other] = [Math.min(...times.revoked), Math.min(...times.wrong)];
    expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(2.5);
  });

  it("take no more than a form, and nothing but a form", async () => {
    expect((await press(url, `stop=${"a".repeat(5_000)}`)).status).toBe(413);
    expect((await press(url, "stop=all", { "content-type": "text/html" })).status).toBe(415);
    for (const form of [
      "",
      "stop=",
      "stop=service",
      "allow=all",
      "stop=__proto__",
      "%",
      "stop=marketing%00",
      "=".repeat(900),
    ]) {
      expect((await press(url, form)).page).toContain("Nothing was changed.");
    }
    expect(await kept()).toEqual([]);
  });

  it("are refused after many tries, while a good link of the same network goes on", async () => {
    const statuses = new Set<number>();
    for (let turn = 0; turn < 70; turn += 1)
      statuses.add((await open(`${world.origin}/preferences/guess${turn}`)).status);
    expect([...statuses].toSorted((a, b) => a - b)).toEqual([404, 429]);
    expect((await open(url)).status).toBe(200);
  });
});
