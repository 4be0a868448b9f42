import { linkToFrame } from "../../features/overlay/frame-link.ts";
import { mountPage } from "../../features/page/mount-page.tsx";
import { Panel } from "./panel.tsx";

const link = await linkToFrame();
await mountPage((page) => <Panel {...page} link={link} />);
