import type { FileView } from "@aparte/core/media.ts";
import type { HeaderMedia } from "@aparte/core/template.ts";
import type { ReactNode } from "react";
import { fileOf } from "../files/file-problem.ts";
import { DocumentCard } from "./document-card.tsx";
import { MediaSign } from "./media-sign.tsx";
import { Visual } from "./visual.tsx";

/** The file that heads a template or a question of ours. */
export function HeaderFile(props: {
  readonly kind: Exclude<HeaderMedia, "LOCATION">;
  readonly fileId: string | null;
  readonly files: readonly FileView[];
}): ReactNode {
  const { kind, fileId, files } = props;
  if (fileId === null) return <MediaSign kind={kind} />;
  const file = fileOf(files, fileId);
  if (kind === "DOCUMENT") return <DocumentCard file={file} fileName={null} />;
  return <Visual file={file} media={kind === "IMAGE" ? "image" : "video"} caption={null} />;
}
