import type { ReactNode } from "react";

/** Opens what the person would open; anything but a web address is shown as words only. */
export function SafeLink({ url, text }: { readonly url: string; readonly text: ReactNode }): ReactNode {
  if (!/^https?:\/\//i.test(url)) return text;
  return (
    <a href={url} target="_blank" rel="noreferrer" className="wrap-anywhere underline-offset-2 hover:underline">
      {text}
    </a>
  );
}
