import { lazyPart } from "@aparte/chat/lazy-part.tsx";
import { Suspense } from "react";
import { linkToFrame } from "../../features/overlay/frame-link.ts";
import { mountPage } from "../../features/page/mount-page.tsx";
import { PagePanel } from "./page-panel.tsx";

const SidePanel = lazyPart(async () => (await import("./side-panel.tsx")).SidePanel);

const link = await linkToFrame();
await mountPage(
  (page) =>
    link ? (
      <PagePanel {...page} link={link} />
    ) : (
      <Suspense>
        <SidePanel {...page} />
      </Suspense>
    ),
  "start",
);
