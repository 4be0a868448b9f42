import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { NumberFrame } from "../features/channels/number-frame.tsx";
import { NumberPage } from "../features/channels/number-page.tsx";
import { SignOutButton } from "../features/identity/sign-out-button.tsx";
import { CodesPage } from "../features/presence/codes-page.tsx";
import { ProfilePage } from "../features/presence/profile-page.tsx";
import { StartersPage } from "../features/presence/starters-page.tsx";
import { Frame } from "../layout/frame.tsx";
import { useTitle } from "../layout/use-title.ts";
import { useMember } from "../platform/member-context.tsx";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { memberRoute } from "./member-route.tsx";

const getParentRoute = () => memberRoute;

const numberRoute = createRoute({
  getParentRoute,
  path: "/numbers/$channelId",
  component: () => (
    <View title="console.number.health" channelId={numberRoute.useParams().channelId} page={NumberPage} />
  ),
});

const profileRoute = createRoute({
  getParentRoute,
  path: "/numbers/$channelId/profile",
  component: () => (
    <View title="console.profile.title" channelId={profileRoute.useParams().channelId} page={ProfilePage} />
  ),
});

const startersRoute = createRoute({
  getParentRoute,
  path: "/numbers/$channelId/starters",
  component: () => (
    <View title="console.starters.title" channelId={startersRoute.useParams().channelId} page={StartersPage} />
  ),
});

const codesRoute = createRoute({
  getParentRoute,
  path: "/numbers/$channelId/codes",
  component: () => <View title="console.codes.title" channelId={codesRoute.useParams().channelId} page={CodesPage} />,
});

/** The pages of one number. */
export const numberRoutes = [numberRoute, profileRoute, startersRoute, codesRoute] as const;

function View(props: {
  readonly title: WordKey;
  readonly channelId: string;
  readonly page: (props: { readonly channelId: string }) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { title, channelId, page: Page } = props;
  useTitle(t(title));
  return (
    <Frame member={useMember()} navigation={<ConsoleNavigation />} signOut={<SignOutButton />}>
      <NumberFrame key={channelId} channelId={channelId}>
        <Page channelId={channelId} />
      </NumberFrame>
    </Frame>
  );
}
