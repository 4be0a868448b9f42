import type { SearchView } from "@aparte/core/crm-match.ts";
import { useEffect, useState } from "react";
import type { Api } from "../../platform/api.ts";

/** What is known of the words that are typed. `view` is of these words or, while they are `searching`, of the former ones. */
export type Found = { readonly state: "idle" | "searching" | "found" | "failed"; readonly view: SearchView | null };

const idle: Found = { state: "idle", view: null };

/** A pause in typing, in milliseconds: searches of a CRM are counted (HubSpot allows five in a second for all people). */
const pause = 250;
const shortest = 2;

/** Where the person's browser is at home (ISO 3166), to read a number that names no country; null when it does not say. */
function homeRegion(): string | null {
  const region = new Intl.Locale(navigator.language).maximize().region;
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
}

/** Searches for the words a moment after the last change. Answers to former words are not waited for. */
export function useFound(api: Api, words: string): Found {
  const wanted = words.trim();
  const [found, setFound] = useState<Found>(idle);
  const [asked, setAsked] = useState(wanted);
  if (asked !== wanted) {
    setAsked(wanted);
    setFound(wanted.length < shortest ? idle : { state: "searching", view: found.view });
  }
  useEffect(() => {
    if (wanted.length < shortest) return;
    const left = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const view = await api.crm.search.query({ words: wanted, region: homeRegion() }, { signal: left.signal });
        if (!left.signal.aborted) setFound({ state: "found", view });
      } catch {
        if (!left.signal.aborted) setFound({ state: "failed", view: null });
      }
    };
    const timer = setTimeout(() => void ask(), pause);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [api, wanted]);
  return found;
}
