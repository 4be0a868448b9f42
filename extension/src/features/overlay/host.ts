import css from "./overlay.css?inline";

export type Host = {
  readonly root: ShadowRoot;
  readonly setTheme: (theme: "auto" | "light" | "dark") => void;
  readonly remove: () => void;
};

/** A page that removes us gets us back, but not in an endless fight: so many times in so many milliseconds. */
const returns = { most: 5, within: 10_000 };

/**
 * One element at the end of the page that holds all that we draw. It takes no space (everything inside is fixed), the page
 * cannot look into it (closed), and its name differs every time, so that nothing on the page can be written against it.
 */
export function createHost(page: Document): Host {
  const element = page.createElement(randomName());
  const root = element.attachShadow({ mode: "closed" });
  root.append(styled(page));
  for (const kind of ["keydown", "keypress", "keyup"]) {
    // The page's shortcuts must not answer to keys pressed on the edge tab.
    element.addEventListener(kind, (event) => event.stopPropagation());
  }
  const mount = (): void => page.documentElement.append(element);
  const observer = keepMounted(page, element, mount);
  mount();
  const system = matchMedia("(prefers-color-scheme: dark)");
  return {
    root,
    setTheme: (theme) => {
      element.dataset.theme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
    },
    remove: () => {
      observer.disconnect();
      element.remove();
    },
  };
}

function keepMounted(page: Document, element: HTMLElement, mount: () => void): MutationObserver {
  let since = 0;
  let count = 0;
  const observer = new MutationObserver(() => {
    if (element.isConnected) return;
    const now = Date.now();
    if (now - since > returns.within) [since, count] = [now, 0];
    count += 1;
    if (count <= returns.most) mount();
  });
  observer.observe(page.documentElement, { childList: true });
  return observer;
}

/** A custom element's name (they alone may have a shadow root besides a few tags): letters, a hyphen, letters. */
function randomName(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    String.fromCharCode(97 + (byte % 26)),
  );
  return `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`;
}

function styled(page: Document): HTMLStyleElement {
  const style = page.createElement("style");
  style.textContent = css;
  return style;
}
