import { createContext, useContext, type ReactNode } from "react";
import { createApi, type Api } from "./api.ts";
import { createAuth, type Auth } from "./auth.ts";
import { createTokenSource, type TokenSource } from "./tokens.ts";

/** What reaches the server. */
export type Services = { readonly api: Api; readonly auth: Auth; readonly tokens: TokenSource };

export function createServices(): Services {
  const tokens = createTokenSource();
  return { api: createApi(tokens), auth: createAuth(), tokens };
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider(props: { readonly services: Services; readonly children: ReactNode }): ReactNode {
  return <ServicesContext value={props.services}>{props.children}</ServicesContext>;
}

/** The services of the surrounding `ServicesProvider`. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error("useServices needs a ServicesProvider around it");
  return services;
}
