import { recordPath } from "./address.js";
import { element } from "../dom.js";

/** @import { RecordView } from "../../hubspot/record-view.ts" */

/**
 * The form for a note on a record, closed until it is asked for. What is saved becomes an activity of the record.
 *
 * @param {RecordView} record
 * @param {() => Promise<void>} onSaved
 */
export function createNoteForm(record, onSaved) {
  const text = /** @type {HTMLTextAreaElement} */ (
    element("textarea", {
      rows: "3",
      required: true,
      "aria-label": `Note on ${record.title}`,
      placeholder: "Write a note",
    })
  );
  const cancel = element("button", { type: "button", class: "button" }, ["Cancel"]);
  const form = /** @type {HTMLFormElement} */ (
    element("form", { class: "note-form", hidden: true }, [
      text,
      element("div", { class: "buttons" }, [
        cancel,
        element("button", { type: "submit", class: "button button-main" }, ["Save note"]),
      ]),
    ])
  );
  const close = () => {
    form.hidden = true;
    form.reset();
  };
  cancel.addEventListener("click", close);
  const save = async () => {
    const response = await fetch(`/_pages/data/record/${record.typeId}/${record.id}/notes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: text.value }),
    });
    if (!response.ok) throw new Error(`the note was not saved: ${response.status}`);
    close();
    await onSaved();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save().catch(reportError);
  });
  return {
    root: form,
    open: () => {
      form.hidden = false;
      text.focus();
    },
  };
}

/**
 * The calling widget: a frame within the page that has a record link of its own, shown while a call is on.
 *
 * @param {RecordView} record
 */
export function createCallBar(record) {
  const number = record.properties.find(({ name, value }) => name.includes("phone") && value !== "")?.value;
  const body = element("body", {}, [
    element("p", {}, [
      number === undefined ? `${record.title} has no phone number` : `Calling ${record.title}, ${number} …`,
    ]),
    element("a", { href: recordPath(record), target: "_top" }, ["Open record"]),
  ]);
  const frame = element("iframe", {
    title: "Calling",
    srcdoc: `<!doctype html><html lang="en"><title>Calling</title><link rel="stylesheet" href="/_pages/hubspot/call.css">${body.outerHTML}</html>`,
  });
  const end = element("button", { type: "button", class: "button" }, ["Hang up"]);
  const root = element("section", { class: "call-bar", "aria-label": "Call", hidden: true }, [frame, end]);
  end.addEventListener("click", () => {
    root.hidden = true;
  });
  return {
    root,
    open: () => {
      root.hidden = false;
    },
  };
}
