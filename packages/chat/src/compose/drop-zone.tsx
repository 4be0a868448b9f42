import { useWords } from "@aparte/i18n/words-context.tsx";
import { FileUp } from "lucide-react";
import { useRef, useState, type ClipboardEvent, type DragEvent, type ReactNode } from "react";

/**
 * Takes files that are dropped on the conversation or pasted into it. `onFiles` is null while none may be sent: a file that
 * is dropped then is not opened by the browser in the panel's place either.
 */
export function DropZone(props: {
  readonly onFiles: ((files: File[]) => void) | null;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { onFiles } = props;
  const [over, setOver] = useState(false);
  // Moving between what stands inside leaves one and enters the other.
  const depth = useRef(0);
  const enter = (step: 1 | -1) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles?.(files);
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    // Office programs put a picture of what was copied beside its words; the words are meant.
    if (event.clipboardData.types.includes("text/plain")) return;
    if (files.length === 0 || onFiles === null) return;
    event.preventDefault();
    onFiles(files);
  };
  return (
    <div
      onDragEnter={enter(1)}
      onDragLeave={enter(-1)}
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={drop}
      onPaste={paste}
      className="relative flex min-h-0 grow flex-col"
    >
      {props.children}
      {over ? (
        <div
          data-drop=""
          className="pointer-events-none absolute inset-1.5 z-20 flex flex-col items-center justify-center gap-2 rounded border-2 border-dashed border-brand bg-surface/95 p-4 text-center"
        >
          <FileUp aria-hidden="true" size={32} className="text-brand" />
          <p className="font-semibold">{t(onFiles ? "attach.drop" : "attach.drop_closed")}</p>
        </div>
      ) : null}
    </div>
  );
}
