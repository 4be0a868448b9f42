import type { HeaderMedia } from "@aparte/core/template.ts";
import { FileText, Image, MapPin, Video } from "lucide-react";
import type { ReactNode } from "react";

const signs = { IMAGE: Image, VIDEO: Video, DOCUMENT: FileText, LOCATION: MapPin };

/** Stands where a file or a place will be seen, while there is none yet. */
export function MediaSign({ kind }: { readonly kind: HeaderMedia }): ReactNode {
  const Sign = signs[kind];
  return (
    <span className="flex h-20 items-center justify-center rounded-sm bg-veil text-muted">
      <Sign aria-hidden="true" size={28} />
    </span>
  );
}
