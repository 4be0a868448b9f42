import type { FileView } from "@aparte/core/media.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import { Play } from "lucide-react";
import { useState, type ReactNode } from "react";
import { fileProblem } from "../files/file-problem.ts";
import { useFiles } from "../files/use-files.ts";
import { useFileUrl } from "../files/use-file-url.ts";
import { useTabStop } from "../tab-stop.ts";
import { FileNote } from "./file-note.tsx";

export type VisualProps = {
  readonly file: FileView;
  readonly media: "image" | "video" | "sticker";
  readonly caption: string | null;
};

/**
 * A picture, a film or a sticker in a box that has its size before anything is loaded, so that the list never jumps. A press
 * opens it in full size.
 */
export function Visual({ file, media, caption }: VisualProps): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const { show } = useFiles();
  const { url, problem, tryAgain } = useFileUrl(file);
  const [broken, setBroken] = useState(false);
  const trouble = fileProblem(file) ?? problem ?? (broken ? "not_shown" : null);
  const box = clsx(
    "relative flex max-w-full items-center justify-center overflow-hidden rounded-sm",
    media === "sticker" ? "size-32" : "aspect-4/3 w-64 bg-veil",
  );
  if (trouble !== null || file.state === "waiting") {
    return (
      <span className={clsx(fileProblem(file) === null ? box : "flex max-w-64 rounded-sm", "bg-veil")}>
        <FileNote trouble={trouble} onRetry={problem ? tryAgain : null} />
      </span>
    );
  }
  const name = t(`content.kind_${media}`);
  const picture = url === null ? null : <Picture {...{ url, media }} alt={caption ?? name} onBroken={setBroken} />;
  if (media === "sticker") return <span className={box}>{picture}</span>;
  return (
    <button
      type="button"
      tabIndex={stop}
      data-open=""
      aria-label={t("file.open", { name: caption ? `${name}: ${caption}` : name })}
      onClick={() => show({ file, media, caption })}
      className={box}
    >
      {picture}
      {media === "video" ? (
        <span className="absolute rounded-full forced-edge bg-surface/90 p-3 text-text shadow-over">
          <Play aria-hidden="true" size={22} fill="currentColor" />
        </span>
      ) : null}
    </button>
  );
}

function Picture(props: {
  readonly url: string;
  readonly media: VisualProps["media"];
  readonly alt: string;
  readonly onBroken: (broken: boolean) => void;
}): ReactNode {
  const { url, media, alt, onBroken } = props;
  if (media !== "video") {
    return (
      <img
        src={url}
        alt={alt}
        onError={() => onBroken(true)}
        className={clsx("size-full", media === "sticker" ? "object-contain" : "object-cover")}
      />
    );
  }
  return (
    <video
      src={url}
      preload="metadata"
      muted
      playsInline
      tabIndex={-1}
      aria-hidden="true"
      onError={() => onBroken(true)}
      className="size-full object-cover"
    />
  );
}
