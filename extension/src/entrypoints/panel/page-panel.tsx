import type { ReactNode } from "react";
import type { FrameLink } from "../../features/overlay/frame-link.ts";
import { useCloseByKey, useKeptFocus, useShown } from "../../features/overlay/use-frame.ts";
import type { PageState } from "../../features/page/mount-page.tsx";
import { useTabRecord } from "../../features/record/use-tab-record.ts";
import { useConnection } from "../../platform/use-connection.ts";
import { Panel } from "./panel.tsx";

/** The panel in its frame on a CRM's page: it follows the record of its tab. */
export function PagePanel({ settings, session, link }: PageState & { readonly link: FrameLink }): ReactNode {
  const shown = useShown(link);
  const subject = useTabRecord(link.tabId);
  const connection = useConnection(settings.serverUrl, session);
  useCloseByKey(link);
  useKeptFocus(shown);
  return <Panel {...{ connection, session, subject, shown }} server={settings.serverUrl} close={link.close} />;
}
