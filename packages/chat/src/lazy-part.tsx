import { lazy, useState, type ComponentType, type ReactNode } from "react";

/** A component whose code is fetched when it is drawn first, or before by `fetch`: then it is drawn at once. */
export type LazyPart<Props> = ((props: Props) => ReactNode) & { readonly fetch: () => Promise<unknown> };

export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetch = async (): Promise<ComponentType<Props>> => (loaded ??= await load());
  const Later: ComponentType<Props> = lazy(async () => ({ default: await fetch() }));
  // Decided once: a component that changed its identity would lose what was typed into it.
  function Part(props: Props): ReactNode {
    const [Drawn] = useState<ComponentType<Props>>(() => loaded ?? Later);
    return <Drawn {...props} />;
  }
  return Object.assign(Part, { fetch });
}
