import { Suspense, useEffect, useMemo, useState, type ReactNode } from "react";
import { lazyPart } from "../lazy-part.tsx";
import type { ChatPort } from "../port.ts";
import { createPlayer } from "./player.ts";
import { FilesContext, type Files, type Shown } from "./use-files.ts";

const Viewer = lazyPart(async () => (await import("./viewer.tsx")).Viewer);

/** Gives the files of a conversation to everything inside. */
export function FilesProvider(props: { readonly port: ChatPort; readonly children: ReactNode }): ReactNode {
  const { port } = props;
  const [shown, show] = useState<Shown | null>(null);
  const files = useMemo((): Files => {
    const urlOf = port.fileUrl;
    const addressOf = async (fileId: string): Promise<string | null> => {
      const outcome = await urlOf(fileId, "show");
      return outcome.ok ? outcome.url : null;
    };
    return { urlOf, player: createPlayer(addressOf), show };
  }, [port]);
  useEffect(() => files.player.stop, [files]);
  return (
    <FilesContext value={files}>
      {props.children}
      {shown ? (
        <Suspense>
          <Viewer {...shown} onClose={() => show(null)} />
        </Suspense>
      ) : null}
    </FilesContext>
  );
}
