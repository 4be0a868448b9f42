/** Sheets that come up from below: choices of a list, the form of a flow, what can be done with a message. */
import { button, element, icon } from "./elements.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** Opens a sheet with a title and content; gives back the function that closes it. */
function openSheet(title, ...content) {
  const sheet = document.getElementById("sheet");
  const close = () => sheet.close();
  const closer = button("sheet-close", ["✕"], close);
  closer.setAttribute("aria-label", "Close");
  const heading = element("h2", "", title);
  heading.id = "sheet-title";
  sheet.replaceChildren(element("div", "sheet-bar", heading, closer), ...content);
  sheet.showModal();
  return close;
}

/** The rows of a list under the titles of their sections; `onChoose` gets the one chosen. */
export function openList(title, rows, onChoose) {
  const content = [];
  let section = "";
  for (const row of rows) {
    if (row.section && row.section !== section) content.push(element("h3", "", (section = row.section)));
    const words = element("span", "card-words", element("strong", "", row.title));
    if (row.description) words.append(element("small", "", row.description));
    content.push(
      button("sheet-row", [words], () => {
        close();
        onChoose(row);
      }),
    );
  }
  const close = openSheet(title, ...content);
}

/** A form with a field for each name; `onSend` gets what was written. */
export function openForm(title, fields, onSend) {
  const form = element("form", "sheet-form");
  for (const name of fields) {
    const label = element("label", "", name);
    const input = element("input", "");
    input.name = name;
    input.required = true;
    label.append(input);
    form.append(label);
  }
  const submit = element("button", "primary", "Send");
  submit.type = "submit";
  form.append(submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    onSend(Object.fromEntries(new FormData(form)));
  });
  const close = openSheet(title, form);
}

/** Things to choose from: each with an icon, words and what it does. */
export function openMenu(title, items) {
  const rows = items.map(({ sign, text, act }) =>
    button("sheet-row", [icon(sign), text], () => {
      close();
      act();
    }),
  );
  const close = openSheet(title, element("div", "sheet-grid", ...rows));
}

/** What a person can do with a message: react, and whatever `items` name. */
export function openActions(items, onReact) {
  const emoji = EMOJI.map((sign) => button("emoji", [sign], () => react(sign)));
  const none = button("emoji none", ["✕"], () => react(undefined));
  none.setAttribute("aria-label", "Take the reaction away");
  const rows = items.map(({ sign, text, act }) =>
    button("sheet-row", [icon(sign), text], () => {
      close();
      act();
    }),
  );
  const close = openSheet("What to do with it", element("div", "emojis", ...emoji, none), ...rows);
  function react(sign) {
    close();
    onReact(sign);
  }
}
