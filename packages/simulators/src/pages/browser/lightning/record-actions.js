import { element, fetchJson } from "../dom.js";
import { editPath, listPath, shortPath } from "./address.js";

/** @import { ListView, RecordView } from "../../lightning/lightning-view.ts" */

/** Objects of which two records can be made one. */
const MERGEABLE = ["Account", "Contact", "Lead", "Case"];

/**
 * What can be done with a record, as buttons.
 *
 * @param {RecordView} view
 * @param {{ go: (path: string) => void, show: () => void, over: HTMLElement }} page `show` draws it anew; dialogs open over it
 */
export function drawActions(view, { go, show, over }) {
  const record = { id: view.id, object: view.object.name };
  const problem = element("p", { role: "alert", class: "problem", hidden: true });
  /** @type {(method: string, path: string, body?: unknown) => Promise<{ id: string | null } | null>} */
  const ask = async (method, path, body) => {
    const { answer, error } = await send(method, `/_pages/data/lightning/records/${view.id}${path}`, body);
    problem.textContent = error ?? "";
    problem.hidden = error === null;
    return answer;
  };
  const remove = async () => {
    if ((await ask("DELETE", "")) !== null) go(listPath(record.object));
  };
  const convert = async () => {
    const converted = await ask("POST", "/convert", {});
    if (converted?.id) go(shortPath({ id: converted.id }));
  };
  const merge = async () => {
    const loser = await chooseOther(view, over);
    if (loser !== "" && (await ask("POST", "/merge", { loser })) !== null) show();
  };
  return element("div", { class: "actions" }, [
    problem,
    element("a", { class: "button", href: editPath(record) }, ["Edit"]),
    record.object === "Lead" ? drawButton("Convert", convert) : null,
    MERGEABLE.includes(record.object) ? drawButton("Merge", merge) : null,
    drawButton("Delete", remove),
  ]);
}

/** @param {string} label @param {() => Promise<void>} run */
function drawButton(label, run) {
  const button = element("button", { type: "button", class: "button" }, [label]);
  button.addEventListener("click", () => void run().catch(reportError));
  return button;
}

/**
 * Sends what a person does; `error` is the reason of a refusal.
 *
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<{ answer: { id: string | null }, error: null } | { answer: null, error: string }>}
 */
export async function send(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const answer = /** @type {{ id: string | null, error?: string }} */ (await response.json());
  return answer.error === undefined ? { answer, error: null } : { answer: null, error: answer.error };
}

/**
 * Asks which record goes into this one; empty for none.
 *
 * @param {RecordView} view
 * @param {HTMLElement} over
 * @returns {Promise<string>}
 */
async function chooseOther(view, over) {
  const list = /** @type {ListView | null} */ (await fetchJson(`/_pages/data/lightning/lists/${view.object.name}`));
  const others = (list?.rows ?? []).filter(({ record }) => record.id !== view.id);
  const select = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { name: "loser", "aria-label": "Record that goes into this one" },
      others.map(({ record }) => element("option", { value: record.id }, [record.title])),
    )
  );
  const dialog = /** @type {HTMLDialogElement} */ (
    element("dialog", { class: "edit", "aria-label": `Merge into ${view.title}` }, [
      element("form", { method: "dialog" }, [
        element("h2", {}, [`Merge into ${view.title}`]),
        element("div", { class: "edit-fields" }, [select]),
        element("div", { class: "buttons" }, [
          element("button", { class: "button", value: "cancel" }, ["Cancel"]),
          element("button", { class: "button button-main", value: "merge" }, ["Merge records"]),
        ]),
      ]),
    ])
  );
  over.append(dialog);
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed));
  dialog.remove();
  return dialog.returnValue === "merge" ? select.value : "";
}
