import type { TemplateShape } from "@aparte/core/template.ts";
import { useEffect, useState } from "react";
import type { ConsentPort } from "./consent/consent-port.ts";

type Buttons = Pick<TemplateShape, "buttons" | "cards">;

/**
 * Where preference pages stand, for a form of these templates. Undefined while it is asked for; null when none of them
 * could lead there, or when the API cannot be reached.
 */
export function usePreferencePage(port: ConsentPort, shapes: readonly Buttons[]): string | null | undefined {
  const matters = shapes.some(couldLeadThere);
  const [page, setPage] = useState<string | null>();
  useEffect(() => {
    if (!matters) return;
    void port.preferencePage().then(
      (answer) => setPage(answer.page),
      () => setPage(null),
    );
  }, [port, matters]);
  return matters ? page : null;
}

/** Whether it has a button that leads to somebody's preference page, here or elsewhere. */
function couldLeadThere({ buttons, cards }: Buttons): boolean {
  return [...buttons, ...cards.flatMap((card) => card.buttons)].some(
    (button) => button.type === "url" && /\/preferences\/\{\{[^{}]*\}\}$/u.test(button.url),
  );
}
