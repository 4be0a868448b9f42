import type { FileView } from "@aparte/core/media.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { clsx } from "clsx";
import { Mic, Music, Pause, Play } from "lucide-react";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { DownloadButton } from "../files/download-button.tsx";
import { fileProblem } from "../files/file-problem.ts";
import { useFileUrl } from "../files/use-file-url.ts";
import type { PlayerState } from "../files/player.ts";
import { useFiles } from "../files/use-files.ts";
import { useTabStop } from "../tab-stop.ts";
import { FileNote } from "./file-note.tsx";
import { playTime } from "./file-size.ts";

export type SoundProps = {
  readonly file: FileView;
  readonly voice: boolean;
  /** The other side has heard it. */
  readonly heard: boolean;
};

/** A voice message or a piece of music with its player. */
export function Sound({ file, voice, heard }: SoundProps): ReactNode {
  const { t } = useWords();
  const { player } = useFiles();
  const state = useSyncExternalStore(player.listen, player.getState);
  const { url, problem, tryAgain } = useFileUrl(file);
  const knownLength = useLength(url);
  const trouble = fileProblem(file) ?? problem ?? (state.failed === file.id ? "not_shown" : null);
  const name = t(voice ? "content.kind_voice" : "content.kind_audio");
  if (trouble !== null || file.state === "waiting") {
    return (
      <div className="flex min-h-9 w-64 max-w-full items-center">
        <FileNote trouble={trouble} onRetry={problem ? tryAgain : null} />
        {trouble === "not_shown" ? <DownloadButton fileId={file.id} name={name} /> : null}
      </div>
    );
  }
  return <Controls {...{ file, voice, heard, name }} knownLength={knownLength} state={state} />;
}

function Controls(
  props: SoundProps & {
    readonly name: string;
    readonly state: PlayerState;
    /** Seconds; null while unknown. */
    readonly knownLength: number | null;
  },
): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const { player } = useFiles();
  const { file, voice, state } = props;
  const own = state.fileId === file.id;
  const playing = own && state.playing;
  const at = own ? state.at : 0;
  const length = (own ? state.length : null) ?? props.knownLength ?? 0;
  const heard = props.heard || state.played.has(file.id);
  const Kind = voice ? Mic : Music;
  const PlaySign = playing ? Pause : Play;
  return (
    <div role="group" aria-label={props.name} className="flex h-9 w-64 max-w-full items-center gap-1">
      <Kind
        aria-hidden="true"
        size={18}
        data-heard={heard}
        className={clsx("shrink-0", heard ? "text-read" : "text-muted")}
      />
      <IconButton
        label={t(playing ? "sound.pause" : "sound.play")}
        tabIndex={stop}
        data-open=""
        onClick={() => player.toggle(file.id)}
      >
        <PlaySign aria-hidden="true" size={18} fill="currentColor" />
      </IconButton>
      <input
        type="range"
        min={0}
        max={Math.max(length, 0.1)}
        step={0.1}
        value={at}
        disabled={!own}
        tabIndex={stop}
        aria-label={t("sound.position")}
        aria-valuetext={t("sound.at", { at: playTime(at), length: playTime(length) })}
        onChange={(event) => player.seek(file.id, Number(event.target.value))}
        className="h-6 min-w-0 grow accent-brand"
      />
      <span className="w-9 shrink-0 text-end text-xs text-muted tabular-nums">{playTime(own ? at : length)}</span>
      {own ? <SpeedButton speed={state.speed} /> : null}
    </div>
  );
}

function SpeedButton({ speed }: { readonly speed: number }): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const { player } = useFiles();
  return (
    <button
      type="button"
      tabIndex={stop}
      aria-label={t("sound.speed", { speed })}
      onClick={player.nextSpeed}
      className="min-h-6 min-w-9 shrink-0 rounded-full bg-veil px-1 text-xs font-semibold text-muted hover:text-text"
    >
      {speed}×
    </button>
  );
}

/** How long a sound is, in seconds, read from its beginning; null while unknown. */
function useLength(url: string | null): number | null {
  const [length, setLength] = useState<number | null>(null);
  useEffect(() => {
    if (url === null) return;
    const probe = new Audio();
    probe.preload = "metadata";
    probe.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(probe.duration)) setLength(probe.duration);
    });
    probe.src = url;
    return () => probe.removeAttribute("src");
  }, [url]);
  return length;
}
