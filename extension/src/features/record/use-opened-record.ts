import type { RecordView } from "@aparte/core/record-view.ts";
import { useEffect, useRef, useState } from "react";
import type { Api } from "../../platform/api.ts";
import { openRecord, type Opened, type Opening } from "./open-record.ts";
import { rememberedView } from "./remembered-view.ts";
import { subjectKey, type Subject } from "./subject.ts";

export type OpeningFor = {
  readonly api: Api;
  /** Null while nobody is signed in: then nothing is asked. */
  readonly userId: string | null;
  readonly subject: Subject | null;
  /** Nothing is asked before the panel was looked at once. */
  readonly shown: boolean;
};

const nothing: Opened = { view: null, reachable: true, retryAt: null };

/** What the API says about the record or the number that is open, and a way to ask again. */
export function useOpenedRecord({ api, userId, subject, shown }: OpeningFor) {
  const [opened, setOpened] = useState<Opened>(nothing);
  const opening = useRef<Opening | null>(null);
  const [wanted, setWanted] = useState(shown);
  if (shown && !wanted) setWanted(true);

  useEffect(() => {
    if (!wanted || userId === null || subject === null) return;
    const memory = rememberedView(userId, subjectKey(subject));
    const left = new AbortController();
    const running = openRecord({
      ask: async (number) => {
        const view = await askApi(api, subject, number, left.signal);
        if (view.state === "ready" && !left.signal.aborted) await memory.write(view);
        return view;
      },
      remembered: memory.read,
      onChange: setOpened,
    });
    opening.current = running;
    const retry = (): void => running.ask();
    window.addEventListener("online", retry);
    return () => {
      running.stop();
      // Nobody waits for a record that is no longer open: what is still on its way is called back.
      left.abort();
      window.removeEventListener("online", retry);
    };
  }, [api, userId, subject, wanted]);

  // Someone may have corrected the record meanwhile: look again when the panel is.
  const was = useRef(shown);
  const settled = opened.view === null || opened.view.state === "ready";
  useEffect(() => {
    if (shown && !was.current && !settled) opening.current?.ask();
    was.current = shown;
  }, [shown, settled]);
  return {
    opened,
    ask: (number?: string) => opening.current?.ask(number),
    take: (view: RecordView) => opening.current?.take(view),
  };
}

/** `number`: another one of the record's, chosen since it was opened. */
function askApi(api: Api, subject: Subject, number: string | null, signal: AbortSignal): Promise<RecordView> {
  if (subject.kind === "number") return api.crm.openNumber.mutate({ e164: subject.number }, { signal });
  return api.crm.openRecord.mutate({ ref: subject.ref, number: number ?? subject.number }, { signal });
}
