import { mountPage } from "../../features/page/mount-page.tsx";
import { activeTab } from "./active-tab.ts";
import { Popup } from "./popup.tsx";

const tab = await activeTab();
await mountPage((page) => <Popup {...page} tab={tab} />, "all");
