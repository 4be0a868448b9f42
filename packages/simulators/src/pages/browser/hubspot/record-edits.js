import { element } from "../dom.js";
import { listPath, recordPath } from "./address.js";

/** @import { PropertyView, RecordView } from "../../hubspot/record-view.ts" */
/** @import { Open } from "./record-sidebars.js" */

/**
 * The properties of a record. What is changed in a field is saved when it is left.
 *
 * @param {RecordView} view
 */
export function drawProperties(view) {
  const problem = drawProblem();
  return element("section", { class: "card", "data-selenium-test": "profile-properties" }, [
    element("h2", {}, [`About this ${view.type.singular}`]),
    problem,
    ...view.properties.map((property) => drawProperty(view, property, problem)),
  ]);
}

/**
 * @param {RecordView} view
 * @param {PropertyView} property
 * @param {HTMLElement} problem
 */
function drawProperty(view, { name, label, value, editable }, problem) {
  const input = /** @type {HTMLInputElement} */ (
    element("input", {
      "data-selenium-test": `property-input-${name}`,
      "data-field": name,
      value,
      placeholder: "--",
      readonly: !editable,
    })
  );
  input.addEventListener("change", () => {
    edit(view, problem, { action: "update", properties: { [name]: input.value } }).catch(reportError);
  });
  return element("label", { class: "property", "data-profile-property": name }, [label, input]);
}

/**
 * Deleting, erasing for good and merging.
 *
 * @param {RecordView} view
 * @param {Open} open
 */
export function drawActions(view, open) {
  const problem = drawProblem();
  const other = /** @type {HTMLInputElement} */ (
    element("input", { name: "merged", "aria-label": "Id of the record to merge", placeholder: "Id of another record" })
  );
  const button = (/** @type {string} */ label, /** @type {() => Promise<void>} */ run) => {
    const made = element("button", { type: "button", class: "button" }, [label]);
    made.addEventListener("click", () => void run().catch(reportError));
    return made;
  };
  /** @param {"archive" | "erase"} action */
  const remove = async (action) => {
    if ((await edit(view, problem, { action })) !== null) open.go(listPath(view.typeId));
  };
  const merge = async () => {
    const id = await edit(view, problem, { action: "merge", merged_id: other.value.trim() });
    if (id !== null) open.go(recordPath({ typeId: view.typeId, id }));
  };
  return element("details", { class: "card record-actions" }, [
    element("summary", {}, ["Actions"]),
    problem,
    button("Delete", () => remove("archive")),
    view.typeId === "0-1" ? button("Delete for good (privacy)", () => remove("erase")) : null,
    other,
    button("Merge", merge),
  ]);
}

function drawProblem() {
  return element("p", { role: "alert", class: "problem", hidden: true });
}

/**
 * Saves an edit; null when HubSpot refuses it, which is then said on the page.
 *
 * @param {RecordView} view
 * @param {HTMLElement} problem
 * @param {Record<string, unknown>} body
 * @returns {Promise<string | null>} the id of the record as it is called afterwards
 */
async function edit(view, problem, body) {
  const response = await fetch(`/_pages/data/record/${view.typeId}/${view.id}/edits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = /** @type {{ id?: string, error?: string }} */ (await response.json());
  problem.textContent = answer.error ?? "";
  problem.hidden = answer.error === undefined;
  return answer.id ?? null;
}
