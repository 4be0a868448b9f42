import type { ErrorCode } from "@aparte/core/errors.ts";
import type { FileView } from "@aparte/core/media.ts";
import { useEffect, useState } from "react";
import { useFiles, type Files } from "./use-files.ts";

type Known = {
  /** Null while it is not known. */
  readonly url: string | null;
  readonly problem: ErrorCode | null;
};

export type FileAddress = Known & { readonly tryAgain: () => void };

/** Where a file can be read; asked for when its place on the screen is drawn, which is when it comes into view. */
export function useFileUrl({ id, state }: FileView): FileAddress {
  const { urlOf } = useFiles();
  const [known, setKnown] = useState<Known>({ url: null, problem: null });
  useEffect(() => {
    if (state !== "ready") return;
    let current = true;
    void askFor(id, urlOf).then((answer) => current && setKnown(answer));
    return () => {
      current = false;
    };
  }, [urlOf, id, state]);
  return { ...known, tryAgain: () => void askFor(id, urlOf).then(setKnown) };
}

async function askFor(id: string, urlOf: Files["urlOf"]): Promise<Known> {
  const outcome = await urlOf(id, "show").catch(() => null);
  if (outcome === null) return { url: null, problem: "messaging.connection_failed" };
  return outcome.ok ? { url: outcome.url, problem: null } : { url: null, problem: outcome.refused };
}
