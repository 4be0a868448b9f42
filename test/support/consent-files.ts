import type { ImportKind, ImportState, ImportView } from "@aparte/core/consent-import.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import type { World } from "./world.ts";

let lastNumber = 0;

/** A number that nobody in this file has had yet, and that telephones know (the ranges kept for fiction are refused). */
export function newNumber(): string {
  lastNumber += 1;
  return `33612${String(lastNumber).padStart(6, "0")}`;
}

/** The columns of a consent file in the order of `consentRow`. */
export const consentHeader = "number,purpose,date,method,wording,source,language";

/** A row of a consent file with all the evidence. */
export function consentRow(
  waId: string,
  changed: Partial<Record<"purpose" | "date" | "method" | "wording" | "source", string>> = {},
): string {
  const cell = {
    purpose: "marketing",
    date: "2026-03-04",
    method: "web form",
    wording: '"Yes, write to me"',
    source: "https://acme.test/form",
    ...changed,
  };
  return `+${waId},${cell.purpose},${cell.date},${cell.method},${cell.wording},${cell.source},en`;
}

/** Gives a file as the console does; answers with the id of its import. */
export async function giveTable(
  world: Pick<World, "origin" | "tokens">,
  kind: ImportKind,
  bytes: string | Uint8Array<ArrayBuffer>,
): Promise<string> {
  const id = randomUUID();
  const answer = await postTable(world.origin, { kind, id, bytes, token: world.tokens.admin });
  const outcome = (await answer.json()) as { ok: boolean; refused?: string };
  if (!outcome.ok) throw new Error(`The file was refused: ${outcome.refused}`);
  return id;
}

export function postTable(
  origin: string,
  {
    kind,
    id,
    bytes,
    token,
  }: {
    readonly kind: ImportKind;
    readonly id: string;
    readonly bytes: string | Uint8Array<ArrayBuffer>;
    readonly token: string | null;
  },
): Promise<Response> {
  const url = new URL(`${origin}/imports/${kind.replace("_", "-")}`);
  url.search = new URLSearchParams({ id, name: "people.csv" }).toString();
  return fetch(url, {
    method: "POST",
    body: bytes,
    headers: { "content-type": "text/csv", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  });
}

/** Waits until an import is where it should be. */
export async function importIs(
  world: Pick<World, "admin">,
  id: string,
  state: ImportState,
  withinMs?: number,
): Promise<ImportView> {
  return until(
    `the import is ${state}`,
    async () => {
      const view = await world.admin.consent.import.query({ id });
      return view?.state === state && view;
    },
    withinMs,
  );
}

const declaration = "I declare that these people gave their consent as the file says.";

/** Gives a file of consents, has it checked and runs it to the end. */
export async function runTable(
  world: Pick<World, "origin" | "tokens" | "admin">,
  kind: ImportKind,
  text: string,
): Promise<ImportView> {
  const id = await giveTable(world, kind, text);
  await importIs(world, id, "checked");
  await startTable(world, id, kind);
  return importIs(world, id, "done");
}

export async function startTable(
  world: Pick<World, "admin">,
  id: string,
  kind: ImportKind = "consents",
): Promise<void> {
  const started = await world.admin.consent.startImport.mutate({
    id,
    declaration: kind === "consents" ? declaration : null,
  });
  if (!started.ok) throw new Error(`The import was refused: ${started.refused}`);
}

/** The text of a list, as the console fetches it. */
export async function fetchList(
  world: Pick<World, "admin">,
  asked: Parameters<World["admin"]["consent"]["export"]["mutate"]>[0],
): Promise<string> {
  const { url } = await world.admin.consent.export.mutate(asked);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The list was not given: ${answer.status}`);
  // As a program sees it: the mark at the beginning belongs to the file.
  return Buffer.from(await answer.arrayBuffer()).toString("utf8");
}
