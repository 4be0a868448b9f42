/** The panel's place on the page: a skeleton at once, the extension's own page over it as soon as it is there. */
export type Frame = {
  readonly isShown: () => boolean;
  /** Starts loading without showing anything. Does nothing the second time. */
  readonly load: () => void;
  /** Shows it in this very frame and moves the keyboard into it. */
  readonly show: (name: string | null) => void;
  /** The page inside has drawn itself: it takes the skeleton's place. */
  readonly ready: () => void;
  /** Hides it; the page inside stays loaded, so that showing it again takes no time. */
  readonly hide: () => void;
  readonly remove: () => void;
};

export function createFrame(root: ShadowRoot, address: string, title: string): Frame {
  const page = root.ownerDocument;
  const panel = page.createElement("div");
  panel.className = "panel";
  panel.hidden = true;
  const { bones, name } = skeleton(page);
  panel.append(bones);
  root.append(panel);

  let iframe: HTMLIFrameElement | null = null;
  const load = (): HTMLIFrameElement => {
    if (iframe) return iframe;
    iframe = page.createElement("iframe");
    iframe.title = title;
    // A person copies numbers out of the panel; nothing else of the page is asked for.
    iframe.allow = "clipboard-write";
    iframe.src = address;
    panel.append(iframe);
    return iframe;
  };
  return {
    isShown: () => !panel.hidden,
    load: () => void load(),
    show: (hint) => {
      name.textContent = hint ?? "";
      panel.hidden = false;
      load().focus();
    },
    ready: () => {
      if (!iframe) return;
      iframe.dataset.ready = "";
      // The keyboard was given to the frame while it was empty; the page that has loaded since does not have it yet.
      if (root.activeElement === iframe) {
        iframe.blur();
        iframe.focus();
      }
    },
    hide: () => {
      panel.hidden = true;
    },
    remove: () => panel.remove(),
  };
}

function skeleton(page: Document): { readonly bones: HTMLElement; readonly name: HTMLElement } {
  const part = (className: string, ...inside: HTMLElement[]): HTMLElement => {
    const element = page.createElement("div");
    element.className = className;
    element.append(...inside);
    return element;
  };
  const bubbles = [1, 2, 3].map(() => page.createElement("i"));
  const name = part("name");
  const bones = part("bones", part("head", name), part("talk", ...bubbles), part("foot"));
  bones.setAttribute("aria-hidden", "true");
  return { bones, name };
}
