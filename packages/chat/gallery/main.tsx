import english from "@aparte/i18n/compiled/en.ts";
import { createWords, loadWords, type Words } from "@aparte/i18n/i18n.ts";
import { WordsProvider } from "@aparte/i18n/words-context.tsx";
import { createRoot } from "react-dom/client";
import { ChatPanel } from "../src/chat-panel.tsx";
import { arabic } from "./arabic.ts";
import { everyone } from "./companies.ts";
import { fixtures } from "./fixtures.ts";
import "./gallery.css";
import { now } from "./people.ts";
import { memoryOf, silentPort } from "./port.ts";

const asked = new URLSearchParams(location.search);
const state = asked.get("state");
const fixture = state === null ? undefined : fixtures[state];
const root = createRoot(document.querySelector("#root") ?? document.body);
const theme = asked.get("theme");
if (theme !== null) document.documentElement.dataset["theme"] = theme;

if (fixture === undefined) {
  root.render(
    <ul>
      {Object.keys(fixtures).map((name) => (
        <li key={name}>
          <a href={`?state=${name}`}>{name}</a> · <a href={`?state=${name}&theme=dark`}>dark</a>
        </li>
      ))}
    </ul>,
  );
} else {
  const world = fixture.world ?? {};
  const words = await wordsFor(fixture.locale ?? "en");
  const nothing = (): void => undefined;
  root.render(
    <WordsProvider words={words}>
      <ChatPanel
        port={silentPort(world)}
        facts={fixture.facts}
        memory={memoryOf(world)}
        actions={{
          signIn: nothing,
          chooseNumber: nothing,
          openConsole: nothing,
          retry: nothing,
          close: nothing,
          correctMatch: async () => undefined,
          thread: async () => ({ ok: true, thread: everyone }),
          repair: async () => ({ ok: true, count: 2 }),
        }}
        apiName="aparte.example.com"
        retryAt={fixture.retryAt ?? null}
        clock={() => now}
      />
    </WordsProvider>,
  );
}

async function wordsFor(locale: "en" | "fr" | "ar"): Promise<Words> {
  if (locale !== "ar") return loadWords(locale, locale === "en" ? "en-GB" : locale);
  return createWords("ar-EG-u-hc-h23", { ...english, ...arabic });
}
