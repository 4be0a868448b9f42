import type { CrmName } from "@aparte/core/crm-record.ts";
import { useEffect, useState } from "react";
import { allowedSites, watchAccess } from "./site-access.ts";

/** The CRMs in whose pages the person allowed us to run, as it stands now; null until it is known. */
export function useAllowedSites(): readonly CrmName[] | null {
  const [allowed, setAllowed] = useState<readonly CrmName[] | null>(null);
  useEffect(() => {
    const look = (): void => void allowedSites().then(setAllowed);
    look();
    return watchAccess(look);
  }, []);
  return allowed;
}
