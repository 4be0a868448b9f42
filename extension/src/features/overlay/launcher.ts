/** The tab at the edge of the page: opens and closes the panel, and moves along the edge. */
export type Launcher = {
  readonly button: HTMLButtonElement;
  readonly setVisible: (visible: boolean) => void;
  readonly setOpen: (open: boolean) => void;
  /** Share of the window's height, 0 to 1. */
  readonly setTop: (top: number) => void;
  /** Says something beside the tab; an empty text takes it away. */
  readonly say: (text: string) => void;
};

export type LauncherActions = {
  readonly toggle: () => void;
  /** The person is about to open: a good moment to load. */
  readonly approach: () => void;
  /** Where the person left the tab, as a share of the window's height. */
  readonly moved: (top: number) => void;
};

export type LauncherWords = { readonly open: string; readonly close: string };

const startTop = 0.4;
/** Kept away from the corners, where pages have buttons of their own. */
const highest = 0.06;
const lowest = 0.94;
const keyStep = 0.05;
/** A pointer that moves less than this, in pixels, meant to click. */
const clickSlack = 4;

export function createLauncher(root: ShadowRoot, words: LauncherWords, actions: LauncherActions): Launcher {
  const page = root.ownerDocument;
  const button = page.createElement("button");
  button.className = "tab";
  button.type = "button";
  button.append(mark(page));
  const hint = page.createElement("div");
  hint.className = "hint";
  hint.setAttribute("role", "status");
  root.append(button, hint);

  let top = startTop;
  const setTop = (wanted: number): void => {
    top = Math.min(lowest, Math.max(highest, wanted));
    for (const element of [button, hint]) element.style.setProperty("--down", String(top));
  };
  const setOpen = (open: boolean): void => {
    button.ariaExpanded = String(open);
    button.ariaLabel = button.title = open ? words.close : words.open;
  };
  setTop(startTop);
  setOpen(false);
  button.addEventListener("pointerenter", actions.approach);
  button.addEventListener("focus", actions.approach);
  listenForMoves(button, { at: () => top, setTop, ...actions });
  return {
    button,
    setTop,
    setOpen,
    setVisible: (visible) => {
      button.hidden = !visible;
    },
    say: (text) => {
      hint.textContent = text;
    },
  };
}

type Moves = Pick<LauncherActions, "toggle" | "moved"> & { at(): number; setTop(top: number): void };

function listenForMoves(button: HTMLButtonElement, moves: Moves): void {
  let grip: { readonly y: number; readonly top: number; dragged: boolean } | null = null;
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    grip = { y: event.clientY, top: moves.at(), dragged: false };
    button.setPointerCapture(event.pointerId);
  });
  // Keeps the keyboard where it is on the page, so that closing the panel gives it back there.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("pointermove", (event) => {
    if (grip === null) return;
    const way = event.clientY - grip.y;
    grip.dragged ||= Math.abs(way) > clickSlack;
    if (grip.dragged) moves.setTop(grip.top + way / innerHeight);
  });
  button.addEventListener("pointercancel", () => {
    grip = null;
  });
  button.addEventListener("click", (event) => {
    const dragged = grip?.dragged ?? false;
    grip = null;
    if (dragged) moves.moved(moves.at());
    else if (event.isTrusted) moves.toggle();
  });
  button.addEventListener("keydown", (event) => {
    const way = { ArrowUp: -keyStep, ArrowDown: keyStep }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    moves.setTop(moves.at() + way);
    moves.moved(moves.at());
  });
}

/** The same shapes as `icon.svg`: the record, and the aside beside it. */
function mark(page: Document): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = page.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "14 16 70 64");
  svg.setAttribute("aria-hidden", "true");
  const shapes = [
    ["M22 18h8a6 6 0 0 1 6 6v48a6 6 0 0 1-6 6h-8a6 6 0 0 1-6-6V24a6 6 0 0 1 6-6z", ".6"],
    ["M50 18h24a8 8 0 0 1 8 8v30a8 8 0 0 1-8 8H60L47 77a3 3 0 0 1-5-2V26a8 8 0 0 1 8-8z", "1"],
  ] as const;
  for (const [outline, opacity] of shapes) {
    const path = page.createElementNS(space, "path");
    path.setAttribute("d", outline);
    path.setAttribute("opacity", opacity);
    svg.append(path);
  }
  return svg;
}
