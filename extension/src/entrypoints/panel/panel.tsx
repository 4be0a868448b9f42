import { useMemo, type ReactNode } from "react";
import { GuardNotice } from "../../features/guard/guard-notice.tsx";
import { KeptDraftNotice } from "../../features/conversation/kept-draft-notice.tsx";
import { useKeptDraft } from "../../features/conversation/use-kept-draft.ts";
import type { FrameLink } from "../../features/overlay/frame-link.ts";
import { useCloseByKey, useKeptFocus, useShown } from "../../features/overlay/use-frame.ts";
import type { PageState } from "../../features/page/mount-page.tsx";
import { useTabRecord } from "../../features/record/use-tab-record.ts";
import { SignInNotice } from "../../features/sign-in/sign-in-notice.tsx";
import { connect } from "../../platform/server.ts";
import { createTokenSource, signedOutTokens } from "../../platform/session.ts";
import { recordKey } from "../../sites/site.ts";
import { RecordPanel } from "./record-panel.tsx";

/**
 * The panel beside a record. Each record of each person gets a panel of its own, so that a half-written message can never
 * end up with the record that was opened after it.
 */
export function Panel({ settings, session, link }: PageState & { readonly link: FrameLink | null }): ReactNode {
  const shown = useShown(link);
  const ref = useTabRecord(link?.tabId ?? null);
  const server = settings.serverUrl;
  const token = session?.token;
  const connection = useMemo(() => {
    const tokens = token === undefined ? signedOutTokens : createTokenSource({ server, token });
    // Asked for while the panel is still hidden, so that opening it waits for one answer and not for two. What fails
    // here fails again, and is told, when the first call needs it.
    void tokens.current().catch(() => undefined);
    return connect(server, tokens);
  }, [server, token]);
  const key = ref ? recordKey(ref) : null;
  const { keptFor, onDraft } = useKeptDraft(key);
  useCloseByKey(link);
  useKeptFocus(shown);
  return (
    <div className="flex h-full flex-col">
      <SignInNotice server={server} />
      <GuardNotice shown={shown} />
      <KeptDraftNotice name={keptFor} />
      <div className="min-h-0 grow">
        <RecordPanel
          key={`${session?.user.id ?? ""} ${key ?? ""}`}
          {...{ connection, session, record: ref, shown, server, onDraft }}
          close={link?.close ?? null}
        />
      </div>
    </div>
  );
}
