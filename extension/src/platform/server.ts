import { createApi, type Api } from "./api.ts";
import type { TokenSource } from "./session.ts";
import { createPutFile, type PutFile } from "./upload.ts";

/** One server as one person: its procedures, and the way files take to it. */
export type Server = { readonly api: Api; readonly putFile: PutFile };

export function connect(server: string, tokens: TokenSource): Server {
  return { api: createApi(server, tokens), putFile: createPutFile(server, tokens) };
}
