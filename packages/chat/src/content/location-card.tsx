import { useWords } from "@aparte/i18n/words-context.tsx";
import { ExternalLink, MapPin } from "lucide-react";
import type { ReactNode } from "react";
import { useTabStop } from "../tab-stop.ts";

export type Place = {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
};

/** A place in words, with a way to a map. No map is loaded here: its server would learn who looks at whom. */
export function LocationCard({ place }: { readonly place: Place }): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const { latitude, longitude, name, address } = place;
  const coordinates = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <div className="w-64 max-w-full rounded-sm bg-veil p-2">
      <div className="flex gap-2">
        <MapPin aria-hidden="true" size={20} className="mt-0.5 shrink-0 text-error" />
        <div className="min-w-0 wrap-anywhere">
          <bdi className="block font-semibold">{name ?? t("content.kind_location")}</bdi>
          {address ? <bdi className="block text-sm">{address}</bdi> : null}
          <bdi className="block text-xs text-muted tabular-nums">{coordinates}</bdi>
        </div>
      </div>
      <a
        href={mapAddress(latitude, longitude)}
        target="_blank"
        rel="noreferrer"
        tabIndex={stop}
        data-open=""
        className="mt-1 inline-flex min-h-6 items-center gap-1 text-sm font-semibold text-read underline-offset-2 hover:underline"
      >
        <ExternalLink aria-hidden="true" size={14} />
        {t("location.open_map")}
      </a>
    </div>
  );
}

function mapAddress(latitude: number, longitude: number): string {
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
}
