import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { useEffect, useRef, useState } from "react";
import type { Api } from "../../platform/api.ts";
import { openRecord, type Opened, type Opening } from "./open-record.ts";
import { rememberedView } from "./remembered-view.ts";

export type OpeningFor = {
  readonly api: Api;
  /** Null while nobody is signed in: then nothing is asked. */
  readonly userId: string | null;
  readonly record: CrmRecordRef | null;
  /** Nothing is asked before the panel was looked at once. */
  readonly shown: boolean;
};

const nothing: Opened = { view: null, reachable: true, retryAt: null };

/** What the API says about the record that is open, and a way to ask again. */
export function useOpenedRecord({ api, userId, record, shown }: OpeningFor) {
  const [opened, setOpened] = useState<Opened>(nothing);
  const opening = useRef<Opening | null>(null);
  const [wanted, setWanted] = useState(shown);
  if (shown && !wanted) setWanted(true);

  useEffect(() => {
    if (!wanted || userId === null || record === null) return;
    const memory = rememberedView(userId, record);
    const running = openRecord({
      ask: async (number) => {
        const view = await api.crm.openRecord.mutate({ ref: record, number });
        if (view.state === "ready") await memory.write(view);
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
      window.removeEventListener("online", retry);
    };
  }, [api, userId, record, wanted]);

  // Someone may have corrected the record meanwhile: look again when the panel is.
  const was = useRef(shown);
  const settled = opened.view === null || opened.view.state === "ready";
  useEffect(() => {
    if (shown && !was.current && !settled) opening.current?.ask();
    was.current = shown;
  }, [shown, settled]);
  return { opened, ask: (number?: string) => opening.current?.ask(number) };
}
