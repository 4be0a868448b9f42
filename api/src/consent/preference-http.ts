import { begunByUs } from "@aparte/core/consent.ts";
import { pageLanguages, type PageLanguage } from "@aparte/core/preference-input.ts";
import { chooseLocale } from "@aparte/i18n/i18n.ts";
import { loadPageWords } from "@aparte/i18n/page-words.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createHash } from "node:crypto";
import type { Deps } from "../platform/context.ts";
import { inSpiteOfOthers } from "../platform/db.ts";
import { networkOf } from "../platform/network.ts";
import { oneClickBody } from "./one-click-body.ts";
import { createLimiter, type Limiter } from "./preference-limit.ts";
import { noticePage, preferencePage, shownWords, type Done } from "./preference-page.ts";
import { pagePolicy } from "./preference-style.ts";
import { loadPreferenceTexts, textsAsShown } from "./preference-texts.ts";
import { readPreferenceToken, type PreferenceHolder } from "./preference-token.ts";
import { choosePreference, findPerson, loadPreferences, type Choice } from "./preference.ts";

/** A press of a button is some twenty bytes; a mail program's one click a little more. */
const maxBodyBytes = 1024;

/** Wrong links are counted by network, good ones by themselves: nobody next door can keep a person from stopping messages. */
const limits = { wrong: { times: 60, ms: 10 * 60_000 }, right: { times: 120, ms: 10 * 60_000 } } as const;

/** Takes the place of whoever a wrong link names, so that it is looked up as a right one is and takes as long. */
const nobody: PreferenceHolder = {
  workspaceId: "00000000-0000-0000-0000-000000000000",
  contactId: "00000000-0000-0000-0000-000000000000",
  version: 0,
};

type Guard = { readonly deps: Deps; readonly wrong: Limiter; readonly right: Limiter };

/**
 * `/preferences/<token>`: the page on which a person decides what the firm may send, without signing in and without scripts.
 * Opening it changes nothing, since links are opened by machines that look for viruses; a POST of a form does.
 */
export function registerPreferencePage(http: FastifyInstance, deps: Deps): void {
  const clock = () => deps.now().getTime();
  const guard = { deps, wrong: createLimiter(limits.wrong, clock), right: createLimiter(limits.right, clock) };
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const form = "application/x-www-form-urlencoded";
    scope.addContentTypeParser(form, { parseAs: "string", bodyLimit: maxBodyBytes }, (_, body, done) =>
      done(null, body),
    );
    // A mail program may send its one click in either form (RFC 8058, section 3.2).
    const parts = { parseAs: "string", bodyLimit: maxBodyBytes } as const;
    scope.addContentTypeParser<string>("multipart/form-data", parts, (request, body, done) => {
      const click = oneClickBody(request.headers["content-type"] ?? "", body);
      done(click === null ? Object.assign(new Error("This is not one click."), { statusCode: 400 }) : null, click);
    });
    scope.setErrorHandler(async (error: { statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) deps.log.error({ err: error }, "the preference page failed");
      return answer(request, reply, { status, notice: "unusable" });
    });
    // Everything below the path, so that no broken link ends at the console.
    scope.get("/preferences/*", (request, reply) => serve(guard, request, reply));
    scope.post("/preferences/*", { bodyLimit: maxBodyBytes }, (request, reply) => serve(guard, request, reply));
  });
}

async function serve(
  { deps, wrong, right }: Guard,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const token = (request.params as { readonly "*": string })["*"];
  const holder = readPreferenceToken(deps, token);
  const isTooMuch = holder === null ? !wrong.allows(networkOf(request.ip)) : !right.allows(holder.contactId);
  if (isTooMuch) return answer(request, reply, { status: 429, notice: "limited" });
  const page = await inSpiteOfOthers(() => pageFor(deps, request, holder ?? nobody));
  if (page === null) return answer(request, reply, { status: 404, notice: "unusable" });
  return sendPage(reply, 200, page);
}

/** The page after whatever the request asked for; null when the link opens nothing. */
async function pageFor(
  { database, now }: Deps,
  request: FastifyRequest,
  holder: PreferenceHolder,
): Promise<string | null> {
  const language = languageOf(request);
  const words = await loadPageWords(language);
  return database.inWorkspace(holder.workspaceId, async (tx) => {
    const person = await findPerson(tx, holder);
    if (person === null) return null;
    const { workspaceId, firm } = person;
    const { version, texts: saved } = await loadPreferenceTexts(tx, workspaceId, language);
    const page = { language, words, texts: textsAsShown(words, firm, saved), person };
    const asked = request.method === "POST" ? readChoice(request.body) : null;
    if (asked?.choice) {
      const { choice } = asked;
      const evidence = evidenceOf(request, { page: `${language} ${version}`, digest: digestOf(page.texts) });
      const wording = shownWords(page, choice.act, asked.done === "stop_all");
      await choosePreference(tx, person, { choice, shown: { language, wording, evidence }, now: now() });
    }
    return preferencePage({
      ...page,
      preferences: await loadPreferences(tx, person, now()),
      done: asked?.done ?? null,
    });
  });
}

type Asked = { readonly choice: Choice | null; readonly done: Done };

const stopAll: Asked = { choice: { act: "stop", purposes: begunByUs }, done: "stop_all" };

/** What a form says. RFC 8058's one click, as mail programs send it, stops everything. */
function readChoice(body: unknown): Asked {
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  if (form.get("stop") === "all" || form.get("List-Unsubscribe") === "One-Click") return stopAll;
  for (const purpose of begunByUs) {
    if (form.get("stop") === purpose) return { choice: { act: "stop", purposes: [purpose] }, done: "stop" };
  }
  for (const purpose of begunByUs) {
    if (form.get("allow") === purpose) return { choice: { act: "allow", purposes: [purpose] }, done: "allow" };
  }
  return { choice: null, done: "none" };
}

function evidenceOf(request: FastifyRequest, seen: { readonly page: string; readonly digest: string }) {
  const agent = request.headers["user-agent"] ?? "";
  return { ...seen, network: networkOf(request.ip), userAgent: agent.slice(0, 200) };
}

/** SHA-256 of the texts as shown, in hex: they are kept as versions, and the words that come with the product by its own version. */
function digestOf(texts: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}

/** The language that was chosen on the page, else the first of the browser's that we have. */
function languageOf(request: FastifyRequest): PageLanguage {
  const { language } = request.query as { readonly language?: unknown };
  const chosen = pageLanguages.find((one) => one === language);
  const wanted = (request.headers["accept-language"] ?? "").split(",").map((tag) => tag.split(";")[0]?.trim() ?? "");
  return chosen ?? chooseLocale(wanted);
}

type Notice = { readonly status: number; readonly notice: "unusable" | "limited" };

async function answer(request: FastifyRequest, reply: FastifyReply, { status, notice }: Notice): Promise<FastifyReply> {
  const language = languageOf(request);
  if (status === 429) void reply.header("retry-after", "600");
  return sendPage(reply, status, noticePage(language, await loadPageWords(language), notice));
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .status(status)
    .headers({
      "content-security-policy": pagePolicy,
      "cache-control": "no-store",
      "x-robots-tag": "noindex, nofollow",
      vary: "accept-language",
    })
    .type("text/html; charset=utf-8")
    .send(page);
}
