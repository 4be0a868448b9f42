import type { Sim } from "../sim.ts";
import type { AccessToken, App } from "../state.ts";
import type { Refusal } from "./refusal.ts";

export type Method = "GET" | "POST" | "DELETE";
export type Scope = "whatsapp_business_messaging" | "whatsapp_business_management";

/** Who calls: a system user by an access token, or an app by `APPID|SECRET`. */
export type Caller = { kind: "user"; token: AccessToken; app: App } | { kind: "app"; app: App };

/** One Graph request, as a handler needs it. */
export type Call = {
  method: Method;
  /** The version that answers, such as `v26.0`. */
  version: string;
  /** Query and body together, without the credentials. */
  params: Record<string, unknown>;
  caller: Caller;
  /** What the path names below the edge: `/{node}/{edge}/{item}`. */
  item?: string;
  /** The URL without query, for links to further pages. */
  url: string;
  /** The bytes of a resumable upload as they arrive, and where in the file they begin. */
  upload?: { bytes: AsyncIterable<Buffer>; fileOffset: string | undefined };
};

/** One thing that can be done with a kind of node: `edge` is empty for the node itself. */
export type Route<N> = {
  method: Method;
  edge: string;
  /** Set where the path goes on to name an item of the edge. */
  item?: true;
  /** The permission that a user's token needs; `app` asks for an app token, `token` for any of the app's tokens. */
  needs: Scope | "app" | "token";
  handle: (sim: Sim, call: Call, node: N) => Refusal | object | Promise<Refusal | object>;
};
