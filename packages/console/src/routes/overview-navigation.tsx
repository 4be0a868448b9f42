import { useWords } from "@aparte/i18n/words-context.tsx";
import { Link, useLocation } from "@tanstack/react-router";
import { ContactRound, MessageSquareText, Smartphone, Users } from "lucide-react";
import type { ReactNode } from "react";
import { navigationLook } from "../layout/frame.tsx";

/** The places of the overview. */
export function OverviewNavigation(): ReactNode {
  const { t } = useWords();
  const { hash } = useLocation();
  const places = [
    { id: "number", label: t("console.channels.title"), icon: Smartphone },
    { id: "crm", label: "HubSpot", icon: ContactRound },
    { id: "templates", label: t("console.templates.title"), icon: MessageSquareText },
    { id: "people", label: t("console.people.title"), icon: Users },
  ];
  return (
    <ul className="flex flex-wrap gap-1 lg:flex-col">
      {places.map(({ id, label, icon: Icon }) => (
        <li key={id}>
          <Link
            to="/"
            search
            hash={id}
            aria-current={hash === id ? "location" : undefined}
            className={navigationLook(hash === id)}
          >
            <Icon aria-hidden="true" size={16} className="shrink-0" />
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
