import type { FileView } from "@aparte/core/media.ts";
import { createContext, useContext } from "react";
import type { ChatPort } from "../port.ts";
import type { Player } from "./player.ts";

/** A picture or a film in full size. */
export type Shown = { readonly file: FileView; readonly media: "image" | "video"; readonly caption: string | null };

/** The files of a conversation: where they are, one player for all sounds, and a viewer. */
export type Files = {
  readonly urlOf: ChatPort["fileUrl"];
  readonly player: Player;
  readonly show: (shown: Shown) => void;
};

export const FilesContext = createContext<Files | null>(null);

/** The files of the surrounding `FilesProvider`. */
export function useFiles(): Files {
  const files = useContext(FilesContext);
  if (files === null) throw new Error("useFiles needs a FilesProvider around it");
  return files;
}
