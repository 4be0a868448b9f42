import { element } from "./dom.js";

/** A shortcut of a page: `keys` are pressed one after the other, with a blank between them ("g i").
 * @typedef {{ keys: string, words: string, run: () => void }} Shortcut */

/** How long after the first key the second one counts, in ms. */
const SEQUENCE_MS = 1_500;

/**
 * Puts the keyboard shortcuts of the page in force, on the document as CRMs do, and keeps every key that reaches the
 * page in `window.__keysSeen`: whoever types elsewhere can check there that nothing slipped through.
 *
 * @param {readonly Shortcut[]} own what the page can do by key; `?` shows them all
 * @param {(words: string) => void} tell is told what was just done, so that a key that slipped through is seen
 * @returns {() => void} opens the list of shortcuts
 */
export function startShortcuts(own, tell) {
  /** @type {string[]} */
  const keysSeen = [];
  Object.assign(window, { __keysSeen: keysSeen });
  window.addEventListener("keydown", (event) => keysSeen.push(event.key), { capture: true });

  /** @type {Shortcut[]} */
  const all = [...own, { keys: "?", words: "show shortcuts", run: () => showShortcuts() }];
  const dialog = createDialog(all);
  const showShortcuts = () => {
    if (!dialog.open) dialog.showModal();
  };
  let before = { key: "", at: -SEQUENCE_MS };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isEditable(event.composedPath()[0])) return;
    const key = event.key.toLowerCase();
    const sequence = event.timeStamp - before.at < SEQUENCE_MS ? `${before.key} ${key}` : key;
    const shortcut = all.find(({ keys }) => keys === sequence) ?? all.find(({ keys }) => keys === key);
    before = { key, at: event.timeStamp };
    if (shortcut === undefined) return;
    event.preventDefault();
    shortcut.run();
    tell(`Shortcut: ${shortcut.words}`);
  });
  return showShortcuts;
}

/** @param {EventTarget | undefined} target */
function isEditable(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** @param {readonly Shortcut[]} shortcuts */
function createDialog(shortcuts) {
  const rows = shortcuts.map(({ keys, words }) =>
    element("li", {}, [
      element("span", {}, [words.charAt(0).toUpperCase() + words.slice(1)]),
      element("kbd", {}, [keys.toUpperCase().replace(" ", " then ")]),
    ]),
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
