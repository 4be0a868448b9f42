import { useId, type ReactNode } from "react";

/** One named group of settings. */
export function Section(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col items-start gap-3 rounded border border-line bg-field p-4">
      <h2 id={id} className="text-lg font-semibold">
        {props.title}
      </h2>
      {props.children}
    </section>
  );
}
