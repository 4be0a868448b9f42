import { element } from "../dom.js";
import { send } from "./record-actions.js";

/** @import { FieldView, RecordView } from "../../lightning/lightning-view.ts" */

/**
 * The dialog in which a record is changed, over its page. Only fields that were changed are saved.
 *
 * @param {HTMLElement} root the record's page
 * @param {RecordView} view
 * @param {() => void} close leads back to the address without the dialog
 */
export function openEditDialog(root, view, close) {
  const fields = view.details.filter((field) => field.editable);
  const inputs = fields.map((field) => ({ field, input: createInput(field) }));
  const problem = element("p", { role: "alert", class: "problem", hidden: true });
  const cancel = element("button", { type: "button", class: "button" }, ["Cancel"]);
  const form = element("form", { class: "edit-form" }, [
    element("h2", {}, [`Edit ${view.title}`]),
    problem,
    element(
      "div",
      { class: "edit-fields" },
      inputs.map(({ field, input }) => element("label", {}, [element("span", {}, [field.label]), input])),
    ),
    element("div", { class: "buttons" }, [
      cancel,
      element("button", { type: "submit", class: "button button-main" }, ["Save"]),
    ]),
  ]);
  const dialog = /** @type {HTMLDialogElement} */ (
    element("dialog", { class: "edit", "aria-label": `Edit ${view.title}` }, [form])
  );
  const save = async () => {
    const changed = inputs.flatMap(({ field, input }) => {
      const value = valueOf(input);
      return String(value ?? "") === field.raw ? [] : [[field.name, value]];
    });
    const path = `/_pages/data/lightning/records/${view.id}`;
    const { error } = await send("PATCH", path, Object.fromEntries(changed));
    if (error === null) return dialog.close();
    problem.textContent = error;
    problem.hidden = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save().catch(reportError);
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", close);
  root.append(dialog);
  dialog.showModal();
}

/** @param {FieldView} field @returns {HTMLInputElement | HTMLSelectElement} */
function createInput({ name, kind, raw, choices }) {
  if (kind === "flag") {
    return /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name, checked: raw === "true" }));
  }
  if (choices.length > 0) {
    const options = [["", "--None--"], ...choices].map(([value = "", label = ""]) =>
      element("option", { value, selected: value === raw }, [label]),
    );
    return /** @type {HTMLSelectElement} */ (element("select", { name }, options));
  }
  return /** @type {HTMLInputElement} */ (element("input", { name, value: raw }));
}

/** @param {HTMLInputElement | HTMLSelectElement} input */
function valueOf(input) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return input.checked;
  return input.value === "" ? null : input.value;
}
