import { contentProblems } from "@aparte/core/content-rules.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useEffect, useState } from "react";
import type { Said } from "../outgoing.ts";
import { contentOf, type Attachments } from "./attachments.ts";

export type Sending = {
  /** Send was pressed, and files are still on their way. */
  readonly waiting: boolean;
  /** Why Send does nothing; null when it may. */
  readonly refusal: string | null;
  readonly attempts: number;
  readonly ask: () => void;
  /** A person changes something: a wish to send is taken back. */
  readonly withdraw: () => void;
};

/** Sends all files in their order, as soon as the last of them is up. */
export function useSending(
  attachments: Attachments,
  replyTo: string | null,
  on: { readonly onSend: (said: Said) => void; readonly onDone: () => void },
): Sending {
  const { t } = useWords();
  const [waiting, setWaiting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [attempts, setAttempts] = useState(0);
  const { onSend, onDone } = on;

  useEffect(() => {
    if (!waiting) return;
    return attachments.listen(() => {
      if (hasFailed(attachments)) setWaiting(false);
      else if (isComplete(attachments)) sendAll(attachments, replyTo, { onSend, onDone });
    });
  }, [waiting, attachments, replyTo, onSend, onDone]);

  const hindrance = (): string | null => {
    if (hasFailed(attachments)) return t("attach.failed_left");
    const contents = attachments.getState().map(contentOf);
    const spoilt = contents.some((content) => content !== null && contentProblems(content).length > 0);
    return spoilt ? t("attach.caption_too_long") : null;
  };
  return {
    waiting,
    refusal,
    attempts,
    ask: () => {
      const why = hindrance();
      setRefusal(why);
      if (why !== null) setAttempts(attempts + 1);
      else if (isComplete(attachments)) sendAll(attachments, replyTo, on);
      else setWaiting(true);
    },
    withdraw: () => {
      setWaiting(false);
      setRefusal(null);
    },
  };
}

function sendAll(
  attachments: Attachments,
  replyTo: string | null,
  { onSend, onDone }: { readonly onSend: (said: Said) => void; readonly onDone: () => void },
): void {
  const list = attachments.getState();
  attachments.clear();
  for (const [place, one] of list.entries()) {
    const content = contentOf(one);
    if (content === null || one.step.step !== "ready") continue;
    onSend({ content, replyTo: place === 0 ? replyTo : null, files: [one.step.file] });
  }
  onDone();
}

function isComplete(attachments: Attachments): boolean {
  const list = attachments.getState();
  return list.length > 0 && list.every(({ step }) => step.step === "ready");
}

function hasFailed(attachments: Attachments): boolean {
  return attachments.getState().some(({ step }) => step.step === "failed");
}
