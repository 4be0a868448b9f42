import { useWords } from "@aparte/i18n/words-context.tsx";
import { Link, useLocation } from "@tanstack/react-router";
import { Coins, ContactRound, Fingerprint, MessageSquareText, ShieldCheck, Smartphone, Users } from "lucide-react";
import type { ReactNode } from "react";
import { navigationLook } from "../layout/frame.tsx";

/** Where one can go: the subjects of the overview by their place on it, and the pages beside it; `below` are their addresses. */
export function ConsoleNavigation(): ReactNode {
  const { t } = useWords();
  const { hash, pathname } = useLocation();
  const places = [
    { to: "/", hash: "number", below: "/numbers", label: t("console.channels.title"), icon: Smartphone },
    { to: "/", hash: "crm", below: "/crm", label: "CRM", icon: ContactRound },
    { to: "/templates", hash: "", below: "/templates", label: t("console.templates.title"), icon: MessageSquareText },
    { to: "/consent", hash: "", below: "/consent", label: t("console.consent.title"), icon: ShieldCheck },
    { to: "/privacy", hash: "", below: "/privacy", label: t("console.privacy.title"), icon: Fingerprint },
    { to: "/rates", hash: "", below: "/rates", label: t("console.pricing.title"), icon: Coins },
    { to: "/", hash: "people", below: null, label: t("console.people.title"), icon: Users },
  ] as const;
  return (
    <ul className="flex flex-wrap gap-1 lg:flex-col">
      {places.map((place) => {
        const there = place.to === "/" && pathname === "/" && hash === place.hash;
        const here = there || (place.below !== null && pathname.startsWith(place.below));
        return (
          <li key={place.label}>
            <Link
              to={place.to}
              search={{}}
              hash={place.hash}
              aria-current={here ? "location" : undefined}
              className={navigationLook(here)}
            >
              <place.icon aria-hidden="true" size={16} className="shrink-0" />
              {place.label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
