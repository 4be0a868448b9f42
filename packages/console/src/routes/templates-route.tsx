import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { facetNames } from "../features/templates/template-filter.ts";
import { TemplatesPage, type TemplatesAddress } from "../features/templates/templates-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";
import { readTemplatesSearch, type TemplatesSearch } from "./templates-search.ts";

export const templatesRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/templates",
  validateSearch: readTemplatesSearch,
  component: Templates,
});

function Templates(): ReactNode {
  const { t } = useWords();
  const search = templatesRoute.useSearch();
  const navigate = templatesRoute.useNavigate();
  useTitle(t("console.templates.title"));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <TemplatesPage
        address={addressOf(search)}
        onAddress={(address) =>
          void navigate({ search: searchOf(address), hash: true, replace: true, resetScroll: false })
        }
      />
    </Frame>
  );
}

function addressOf(search: TemplatesSearch): TemplatesAddress {
  return {
    search: search.search ?? "",
    status: search.status ?? null,
    category: search.category ?? null,
    language: search.language ?? null,
    quality: search.quality ?? null,
    template: search.template ?? null,
    number: search.number ?? null,
  };
}

function searchOf(address: TemplatesAddress): TemplatesSearch {
  const names = ["search", "template", "number", ...facetNames] as const;
  return Object.fromEntries(names.flatMap((name) => (address[name] ? [[name, address[name]] as const] : [])));
}
