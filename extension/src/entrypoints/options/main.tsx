import { mountPage } from "../../features/page/mount-page.tsx";
import { Options } from "./options.tsx";

await mountPage((page) => <Options {...page} />, "all");
