import { element } from "./dom.js";

/** @typedef {{ newNote: () => void, call: () => void, goToList: () => void, focusSearch: () => void, tell: (words: string) => void }} ShortcutActions */

/** How long after G the second key counts, in ms. */
const SEQUENCE_MS = 1_500;

const LIST = [
  ["N", "New note"],
  ["C", "Call"],
  ["G then I", "Go to the list"],
  ["/", "Search"],
  ["?", "Show shortcuts"],
];

/**
 * Puts the keyboard shortcuts of the page in force, on the document as CRMs do, and keeps every key that reaches the
 * page in `window.__keysSeen`: whoever types elsewhere can check there that nothing slipped through.
 *
 * @param {ShortcutActions} actions
 * @returns {() => void} opens the list of shortcuts
 */
export function startShortcuts(actions) {
  /** @type {string[]} */
  const keysSeen = [];
  Object.assign(window, { __keysSeen: keysSeen });
  window.addEventListener("keydown", (event) => keysSeen.push(event.key), { capture: true });

  const dialog = createDialog();
  const showShortcuts = () => {
    if (!dialog.open) dialog.showModal();
  };
  let lastG = -SEQUENCE_MS;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isEditable(event.target)) return;
    const isSequence = event.timeStamp - lastG < SEQUENCE_MS;
    const shortcut = findShortcut(event.key.toLowerCase(), isSequence, { ...actions, showShortcuts });
    lastG = event.key.toLowerCase() === "g" ? event.timeStamp : -SEQUENCE_MS;
    if (shortcut === undefined) return;
    event.preventDefault();
    shortcut.run();
    actions.tell(`Shortcut: ${shortcut.words}`);
  });
  return showShortcuts;
}

/**
 * @param {string} key
 * @param {boolean} afterG
 * @param {ShortcutActions & { showShortcuts: () => void }} actions
 * @returns {{ words: string, run: () => void } | undefined}
 */
function findShortcut(key, afterG, actions) {
  if (afterG && key === "i") return { words: "go to the list", run: actions.goToList };
  switch (key) {
    case "n":
      return { words: "new note", run: actions.newNote };
    case "c":
      return { words: "call", run: actions.call };
    case "/":
      return { words: "search", run: actions.focusSearch };
    case "?":
      return { words: "show shortcuts", run: actions.showShortcuts };
    default:
      return undefined;
  }
}

/** @param {EventTarget | null} target */
function isEditable(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function createDialog() {
  const rows = LIST.map(([keys = "", words = ""]) =>
    element("li", {}, [element("span", {}, [words]), element("kbd", {}, [keys])]),
  );
  const close = element("button", { type: "button", class: "button" }, ["Close"]);
  const dialog = /** @type {HTMLDialogElement} */ (
    element("dialog", { class: "shortcuts", "aria-labelledby": "shortcuts-title" }, [
      element("h2", { id: "shortcuts-title" }, ["Keyboard shortcuts"]),
      element("ul", {}, rows),
      close,
    ])
  );
  close.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  return dialog;
}
