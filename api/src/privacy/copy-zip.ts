import { locales, type Locale } from "@aparte/i18n/i18n.ts";
import { loadPageWords } from "@aparte/i18n/page-words.ts";
import { Readable } from "node:stream";
import { readFile } from "node:fs/promises";
import yazl from "yazl";
import type { LedgerEntry } from "../consent/entries.ts";
import type { Deps } from "../platform/context.ts";
import { copyPage, pagePaths } from "./copy-page.ts";
import { auditOf, messageLine, messagesOf } from "./copy-pages.ts";
import type { Subject } from "./copy-subject.ts";

const schema = new URL("./person.schema.json", import.meta.url);

/** What a copy holds, in this order: each part makes its bytes when its turn comes, so that memory stays flat. */
type Part = { readonly path: string; readonly open: () => Promise<Readable> };

/** The copy as a stream of a ZIP. It breaks off with the error of the part that failed. */
export async function copyZip(
  deps: Pick<Deps, "database" | "files">,
  subject: Subject,
): Promise<AsyncIterable<Uint8Array>> {
  const zip = new yazl.ZipFile();
  const output = Readable.from(zip.outputStream);
  const mtime = new Date(subject.file.generatedAt);
  zip.on("error", (error: Error) => output.destroy(error));
  for (const { path, open } of await partsOf(deps, subject)) {
    const give = async (take: (error: null, stream: Readable) => void): Promise<void> => {
      try {
        const stream = await open();
        stream.once("error", (error) => output.destroy(error));
        take(null, stream);
      } catch (error) {
        output.destroy(error instanceof Error ? error : new Error("A part of the copy could not be read."));
      }
    };
    zip.addReadStreamLazy(path, { mtime, compress: !path.startsWith("media/") }, (take) => void give(take));
  }
  zip.end();
  return output;
}

async function partsOf({ database, files }: Pick<Deps, "database" | "files">, subject: Subject): Promise<Part[]> {
  const text = (path: string, make: () => AsyncIterable<string> | Iterable<string>): Part => ({
    path,
    open: () => Promise.resolve(Readable.from(make(), { objectMode: false })),
  });
  const description = await readFile(schema, "utf8");
  const pages = await Promise.all(locales.map(async (locale) => [locale, await loadPageWords(locale)] as const));
  const media = subject.files.flatMap(({ path, storeKey }) => {
    if (path === null || storeKey === null) return [];
    return [{ path, open: async () => (await files.get(storeKey)) ?? Readable.from([]) }];
  });
  return [
    text("README.txt", readme),
    ...pages.map(([locale, words]) =>
      text(pagePaths[locale], () => copyPage(subject, messagesOf(database, subject), words)),
    ),
    text("person.json", () => [`${JSON.stringify(subject.file, null, 2)}\n`]),
    text("person.schema.json", () => [description]),
    text("messages.ndjson", () => lines(messagesOf(database, subject), (message) => messageLine(subject, message))),
    text("consents.ndjson", () => subject.entries.toReversed().map((entry) => lineOf(consentLine(subject, entry)))),
    text("audit.ndjson", () => lines(auditOf(database, subject), (line) => line)),
    ...media,
  ];
}

async function* lines<T>(items: AsyncIterable<T>, tell: (item: T) => object): AsyncGenerator<string> {
  for await (const item of items) yield lineOf(tell(item));
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function consentLine({ colleagues, files }: Subject, entry: LedgerEntry): object {
  const proof = files.find(({ id }) => id === entry.evidence["fileId"]);
  return { ...entry, actor: colleagues.alias(entry.actor), file: proof?.path ?? null };
}

const readmeKeys = [
  "page.copy.readme_page",
  "page.copy.readme_person",
  "page.copy.readme_messages",
  "page.copy.readme_consents",
  "page.copy.readme_media",
  "page.copy.readme_audit",
  "page.copy.readme_masked",
  "page.copy.readme_crm",
] as const;

async function* readme(): AsyncGenerator<string> {
  for (const locale of locales satisfies readonly Locale[]) {
    const words = await loadPageWords(locale);
    yield `${readmeKeys.map((key) => `- ${words.t(key)}`).join("\n")}\n\n`;
  }
}
