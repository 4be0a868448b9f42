import type { MessageView } from "@aparte/core/message.ts";
import { useState } from "react";
import type { FormKind } from "./compose/attach-menu.tsx";
import type { TemplateOption } from "./template-options.ts";

/** What a person is doing in the conversation. */
export type Mode =
  | { readonly kind: "writing"; readonly replyTo: MessageView | null }
  | { readonly kind: "attaching"; readonly replyTo: MessageView | null }
  | { readonly kind: "composing"; readonly form: FormKind; readonly replyTo: MessageView | null }
  | { readonly kind: "picking" }
  | { readonly kind: "filling"; readonly option: TemplateOption }
  | { readonly kind: "waiting" };

/** The mode and the ways between. An answer of the person opens the text box, whatever stood there. */
export function useMode(open: boolean) {
  const start: Mode = open ? { kind: "writing", replyTo: null } : { kind: "picking" };
  const [mode, setMode] = useState<Mode>(start);
  const [wasOpen, setWasOpen] = useState(open);
  if (wasOpen !== open) {
    setWasOpen(open);
    setMode(start);
  }
  const replyTo = "replyTo" in mode ? mode.replyTo : null;
  return {
    mode,
    replyTo,
    write: () => setMode({ kind: "writing", replyTo: null }),
    reply: (to: MessageView) => setMode({ kind: "writing", replyTo: to }),
    /** Back to the text box; what was answered still is. */
    back: () => setMode({ kind: "writing", replyTo }),
    attach: () => setMode({ kind: "attaching", replyTo }),
    compose: (form: FormKind) => setMode({ kind: "composing", form, replyTo }),
    pick: () => setMode({ kind: "picking" }),
    fill: (option: TemplateOption) => setMode({ kind: "filling", option }),
    sent: () => setMode(open ? { kind: "writing", replyTo: null } : { kind: "waiting" }),
  };
}

export type ModeControl = ReturnType<typeof useMode>;
