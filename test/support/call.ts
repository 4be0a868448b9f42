import { appRouter } from "@aparte/api/app";

/** What the router says of one procedure. */
export type ProcedureFacts = {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly role: string | undefined;
  readonly audit: string | null | undefined;
  /** What is noted of who called it; undefined where the answer tells of nobody. */
  readonly reads: string | undefined;
  readonly hasInput: boolean;
};

/** What tRPC keeps of a procedure; its own types leave this out. */
type Definition = {
  readonly type: ProcedureFacts["type"];
  readonly meta?: { readonly role: string; readonly audit: string | null; readonly reads?: string };
  readonly inputs: readonly unknown[];
};
type Definitions = {
  readonly _def: { readonly procedures: Readonly<Record<string, { readonly _def: Definition }>> };
};

/** All procedures, from the router itself, so that none can be forgotten. */
export const procedures: readonly ProcedureFacts[] = Object.entries(
  (appRouter as unknown as Definitions)._def.procedures,
).map(
  ([
    path,
    {
      _def: { type, meta, inputs },
    },
  ]) => ({
    path,
    type,
    role: meta?.role,
    audit: meta?.audit,
    reads: meta?.reads,
    hasInput: inputs.length > 0,
  }),
);

export type Answer = {
  /** `OK`, or tRPC's code of the error. */
  readonly code: string;
  readonly data: unknown;
};

export type Caller = { readonly token: string | null; readonly workspaceId?: string };

/** Calls a procedure over plain HTTP. Of a subscription only what comes first is read. */
export async function call(
  origin: string,
  { path, type }: Pick<ProcedureFacts, "path" | "type">,
  input: unknown,
  { token, workspaceId }: Caller,
): Promise<Answer> {
  const headers = {
    "content-type": "application/json",
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(workspaceId === undefined ? {} : { "x-workspace-id": workspaceId }),
    ...(type === "subscription" ? { accept: "text/event-stream" } : {}),
  };
  const url = new URL(`${origin}/trpc/${path}`);
  if (type === "mutation") {
    return readAnswer(await fetch(url, { method: "POST", headers, body: JSON.stringify(input) }));
  }
  if (input !== undefined) url.searchParams.set("input", JSON.stringify(input));
  const answer = await fetch(url, { headers });
  return type === "subscription" && answer.ok ? firstOfStream(answer) : readAnswer(answer);
}

async function readAnswer(answer: Response): Promise<Answer> {
  const body = (await answer.json()) as {
    readonly result?: { readonly data?: unknown };
    readonly error?: { readonly data: { readonly code: string } };
  };
  return body.error ? { code: body.error.data.code, data: null } : { code: "OK", data: body.result?.data };
}

async function firstOfStream(answer: Response): Promise<Answer> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const error = /event: serialized-error\ndata: (.*)/.exec(text)?.[1];
    if (error !== undefined) {
      return { code: (JSON.parse(error) as { data: { code: string } }).data.code, data: null };
    }
    if (text.includes("event: connected")) break;
  }
  return { code: "OK", data: null };
}
