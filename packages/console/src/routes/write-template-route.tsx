import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { EditorPage, type EditorAddress } from "../features/templates/editor/editor-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { Refused } from "../layout/trouble.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

const names = ["number", "draft", "template", "copy", "starter"] as const;

export const writeTemplateRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/templates/write",
  validateSearch: (raw: Readonly<Record<string, unknown>>): EditorAddress =>
    Object.fromEntries(
      names.flatMap((name) => (typeof raw[name] === "string" && raw[name] !== "" ? [[name, raw[name]] as const] : [])),
    ),
  component: WriteTemplate,
});

function WriteTemplate(): ReactNode {
  const { t } = useWords();
  const member = useMember();
  const address = writeTemplateRoute.useSearch();
  const navigate = writeTemplateRoute.useNavigate();
  const title = t(address.template ? "console.templates.edit" : "console.templates.new");
  useTitle(title);
  const done = (template: string): void => {
    void navigate({ to: "/templates", search: { template, ...(address.number ? { number: address.number } : {}) } });
  };
  return (
    <Frame member={member} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <h1 tabIndex={-1} className="mb-4 text-xl font-semibold">
        {title}
      </h1>
      {member.role === "admin" ? (
        <EditorPage address={address} onDone={done} />
      ) : (
        <Refused code="identity.not_allowed" role={member.role} />
      )}
    </Frame>
  );
}
