import { useEffect, useState } from "react";
import type { ConsentPort, LedgerEntry } from "./consent-port.ts";

export type LedgerHistory =
  | { readonly state: "loading" }
  | { readonly state: "failed" }
  | { readonly state: "there"; readonly entries: readonly LedgerEntry[] };

type Show = (history: LedgerHistory) => void;

/** The ledger of a person, read once; `again` reads it another time. */
export function useHistory(
  port: ConsentPort,
  contactId: string,
): { readonly history: LedgerHistory; readonly again: () => void } {
  const [history, show] = useState<LedgerHistory>({ state: "loading" });
  useEffect(() => read(port, contactId, show), [port, contactId]);
  return { history, again: () => read(port, contactId, show) };
}

function read(port: ConsentPort, contactId: string, show: Show): void {
  void port.history(contactId).then(
    (entries) => show({ state: "there", entries }),
    () => show({ state: "failed" }),
  );
}
