/** What sounds just now. One sound at a time: starting another stops the one before. */
export type PlayerState = {
  readonly fileId: string | null;
  readonly playing: boolean;
  /** Seconds. */
  readonly at: number;
  readonly length: number | null;
  readonly speed: number;
  /** Sounds that were started since the panel was opened. */
  readonly played: ReadonlySet<string>;
  /** The sound that could not be played here. */
  readonly failed: string | null;
};

/** Plays the voice messages of a conversation. It belongs to no line of the list, so that scrolling stops nothing. */
export type Player = {
  readonly getState: () => PlayerState;
  readonly listen: (onChange: () => void) => () => void;
  readonly toggle: (fileId: string) => void;
  readonly seek: (fileId: string, seconds: number) => void;
  readonly nextSpeed: () => void;
  readonly stop: () => void;
};

/** The part of an audio element that a player needs. */
export type Sound = Pick<
  HTMLAudioElement,
  "src" | "currentTime" | "duration" | "playbackRate" | "paused" | "play" | "pause" | "addEventListener"
>;

const speeds: readonly number[] = [1, 1.5, 2];

const silence: PlayerState = {
  fileId: null,
  playing: false,
  at: 0,
  length: null,
  speed: 1,
  played: new Set(),
  failed: null,
};

/** `addressOf` answers where a file can be read; null when it cannot. */
export function createPlayer(
  addressOf: (fileId: string) => Promise<string | null>,
  createSound: () => Sound = () => new Audio(),
): Player {
  let state = silence;
  const listeners = new Set<() => void>();
  const change = (part: Partial<PlayerState>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  let made: Sound | null = null;
  const sound = (): Sound => {
    if (made === null) {
      made = createSound();
      listenTo(made, () => state, change);
    }
    return made;
  };
  const start = async (fileId: string): Promise<void> => {
    if (state.fileId !== fileId) {
      sound().pause();
      change({ fileId, at: 0, length: null, playing: false });
      const address = await addressOf(fileId).catch(() => null);
      if (state.fileId !== fileId) return;
      if (address === null) return change({ failed: fileId });
      sound().src = address;
    }
    sound().playbackRate = state.speed;
    change({ failed: null });
    await sound()
      .play()
      .catch(() => state.fileId === fileId && change({ failed: fileId, playing: false, fileId: null }));
  };
  return {
    getState: () => state,
    listen: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    toggle: (fileId) => {
      if (state.fileId === fileId && state.playing) sound().pause();
      else void start(fileId);
    },
    seek: (fileId, seconds) => {
      if (state.fileId !== fileId) return;
      sound().currentTime = seconds;
      change({ at: seconds });
    },
    nextSpeed: () => {
      const speed = speeds[(speeds.indexOf(state.speed) + 1) % speeds.length] ?? 1;
      change({ speed });
      if (made) made.playbackRate = speed;
    },
    stop: () => made?.pause(),
  };
}

function listenTo(sound: Sound, state: () => PlayerState, change: (part: Partial<PlayerState>) => void): void {
  sound.addEventListener("play", () => {
    const { fileId, played } = state();
    change({ playing: true, played: fileId === null ? played : new Set([...played, fileId]) });
  });
  sound.addEventListener("pause", () => change({ playing: false }));
  sound.addEventListener("timeupdate", () => change({ at: sound.currentTime }));
  sound.addEventListener("durationchange", () => {
    if (Number.isFinite(sound.duration)) change({ length: sound.duration });
  });
  sound.addEventListener("ended", () => {
    sound.currentTime = 0;
    change({ playing: false, at: 0 });
  });
}
