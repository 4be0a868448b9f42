import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { lazy, useState, type ComponentType, type ReactNode } from "react";

/** A component whose code is fetched when it is drawn first, or before by `fetch`: then it is drawn at once. */
export type LazyPart<Props> = ((props: Props) => ReactNode) & { readonly fetch: () => Promise<ComponentType<Props>> };

/** Code that cannot be fetched, as after an update of what serves it, shows a note in its place and harms nothing else. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetch = async (): Promise<ComponentType<Props>> => {
    try {
      return (loaded ??= await load());
    } catch {
      return MissingPart;
    }
  };
  const Later: ComponentType<Props> = lazy(async () => ({ default: await fetch() }));
  // Decided once: a component that changed its identity would lose what was typed into it.
  function Part(props: Props): ReactNode {
    const [Drawn] = useState<ComponentType<Props>>(() => loaded ?? Later);
    return <Drawn {...props} />;
  }
  return Object.assign(Part, { fetch });
}

function MissingPart(): ReactNode {
  const { t } = useWords();
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-2 bg-surface p-3">
      <p className="text-muted">{t("part.missing")}</p>
      <Button onClick={() => location.reload()}>{t("part.reload")}</Button>
    </div>
  );
}
