import { element } from "../dom.js";
import { pageKey } from "./address.js";

/**
 * A workspace of a console: a record with the records that were opened from it. `path` is without `ws`.
 *
 * @typedef {{ key: string, path: string, title: string }} Tab
 * @typedef {Tab & { subtabs: Tab[] }} Workspace
 */

/** The tabs of a console app: workspaces, and below them the subtabs of the one that is open. */
export class Workspaces {
  root = element("div", { class: "workspaces" });
  #options;
  /** @type {Workspace[]} */
  #all = [];
  /** @type {Workspace | undefined} */
  #workspace;
  /** The open tab: the workspace's own or one of its subtabs. @type {Tab | undefined} */
  #tab;

  /** @param {{ go: (path: string) => void, closed: (key: string) => void, most: number }} options */
  constructor(options) {
    this.#options = options;
  }

  /**
   * Opens the tab of an address: the workspace `ws` with the subtab `path`, or the workspace `path`.
   *
   * @param {string} path
   * @param {string | null} ws
   */
  focus(path, ws) {
    const workspace = this.#all.find(({ key }) => key === pageKey(ws ?? path)) ?? this.#add(ws ?? path);
    this.#workspace = workspace;
    this.#tab = pageKey(path) === workspace.key ? workspace : subtabOf(workspace, path);
    this.#draw();
  }

  /** No tab is open: a list or the home page is. */
  blur() {
    this.#workspace = undefined;
    this.#tab = undefined;
    this.#draw();
  }

  /** Names the open tab. @param {string} title */
  name(title) {
    if (this.#tab !== undefined) this.#tab.title = title;
    this.#draw();
  }

  /** Where a link to `path` leads: into the open workspace, or to one of its own. @param {string} path */
  addressOf(path) {
    const isWorkspace = this.#all.some(({ key }) => key === pageKey(path));
    return this.#workspace === undefined || isWorkspace ? path : addressIn(this.#workspace, path);
  }

  /** @param {string} path */
  #add(path) {
    const workspace = { key: pageKey(path), path, title: "Loading…", subtabs: [] };
    this.#all.push(workspace);
    if (this.#all.length > this.#options.most && this.#all[0] !== undefined) this.#remove(this.#all[0]);
    return workspace;
  }

  /** @param {Workspace} workspace */
  #remove(workspace) {
    this.#all = this.#all.filter((other) => other !== workspace);
    for (const { key } of [workspace, ...workspace.subtabs]) this.#options.closed(key);
  }

  /** @param {Workspace} workspace */
  #close(workspace) {
    this.#remove(workspace);
    if (this.#workspace === workspace) this.#options.go(this.#all.at(-1)?.path ?? "/lightning/page/home");
    else this.#draw();
  }

  #draw() {
    const open = this.#workspace;
    const tabs = open === undefined || open.subtabs.length === 0 ? [] : [open, ...open.subtabs];
    this.root.replaceChildren(
      element(
        "div",
        { class: "primary-tabs" },
        this.#all.map((workspace) => this.#drawWorkspace(workspace)),
      ),
      element(
        "div",
        { class: "subtabs", hidden: tabs.length === 0 },
        tabs.map(({ path, title, key }) => {
          const href = open === undefined ? path : addressIn(open, path);
          return element("a", { href, "data-current": key === this.#tab?.key }, [title]);
        }),
      ),
    );
  }

  /** @param {Workspace} workspace */
  #drawWorkspace(workspace) {
    const label = `Close ${workspace.title}`;
    const close = element("button", { type: "button", class: "close", "aria-label": label }, ["×"]);
    close.addEventListener("click", () => this.#close(workspace));
    return element("span", { class: "workspace-tab", "data-current": workspace === this.#workspace }, [
      element("a", { href: workspace.path }, [workspace.title]),
      close,
    ]);
  }
}

/** @param {Workspace} workspace @param {string} path */
function subtabOf(workspace, path) {
  const found = workspace.subtabs.find(({ key }) => key === pageKey(path));
  if (found !== undefined) return found;
  const tab = { key: pageKey(path), path, title: "Loading…" };
  workspace.subtabs.push(tab);
  return tab;
}

/** @param {Workspace} workspace @param {string} path */
function addressIn(workspace, path) {
  return pageKey(path) === workspace.key ? path : `${path}?${new URLSearchParams({ ws: workspace.path })}`;
}
