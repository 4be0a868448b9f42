import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";
import { PreferenceControls } from "./preference-controls.tsx";
import { useTitle } from "./use-title.ts";

/** A page with one thing to do, outside the frame: sign-in, set-up, connecting a browser. */
export function SinglePage(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  useTitle(props.title);
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-8 sm:justify-center">
      <main className="flex w-full max-w-md flex-col gap-5 rounded border border-line bg-card p-5 shadow-raised sm:p-8">
        <p className="flex items-center gap-2 font-semibold text-brand">
          <Mark size={24} />
          Aparté
        </p>
        <h1 tabIndex={-1} className="text-xl font-semibold">
          {props.title}
        </h1>
        {props.children}
      </main>
      <footer className="mt-4 w-full max-w-md px-1">
        <PreferenceControls />
      </footer>
    </div>
  );
}
