import { begunByUs, type ConsentPurpose } from "@aparte/core/consent.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useState, type ReactNode } from "react";
import type { Conversation } from "../conversation.ts";
import type { ConsentAct } from "./consent-act.ts";
import type { ConsentPort } from "./consent-port.ts";
import { learnConsent } from "./learn-consent.ts";
import { History } from "./history.tsx";
import { Invite } from "./invite.tsx";
import { PermissionList } from "./permission-list.tsx";
import { permissionsOf } from "./permissions.ts";
import { RecordForm, usualPurposes } from "./record-form.tsx";
import { StopForm } from "./stop-form.tsx";
import { useHistory } from "./use-history.ts";

export type ConsentSheetProps = {
  /** What somebody came for: to see the reasons, to write a consent down, or an opt-out. */
  readonly purpose: "why" | ConsentAct["action"];
  /** The purposes for which a consent is to be recorded; marketing when nothing else is said. */
  readonly about: readonly ConsentPurpose[] | undefined;
  readonly port: ConsentPort;
  readonly conversation: Conversation;
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  readonly onRecorded: (act: ConsentAct) => void;
  readonly onClose: () => void;
};

/** Why one may or may not write to a person, for each purpose, and where to write down what they say. */
export function ConsentSheet(props: ConsentSheetProps): ReactNode {
  const { t } = useLaterWords();
  const { snapshot, now, port } = props;
  const { person, channel } = snapshot;
  const { history, again } = useHistory(port, person.contactId);
  const entries = history.state === "there" ? history.entries : [];
  return (
    <Dialog title={t("consent.title", { name: person.name })} onClose={props.onClose}>
      <div className="flex flex-col gap-4">
        <PermissionList
          permissions={permissionsOf(snapshot, now)}
          snapshot={snapshot}
          now={now}
          writerOf={(id) => entries.find((entry) => entry.id === id)?.writer ?? null}
        />
        <Recording {...props} />
        <History history={history} onAgain={again} channel={channel} />
        <Invite port={port} contactId={person.contactId} channelId={channel.id} />
        <Button onClick={props.onClose} className="self-start">
          {t("action.close")}
        </Button>
      </div>
    </Dialog>
  );
}

/** What the person says now: the form for a consent stands open where one is missing. */
function Recording(props: ConsentSheetProps): ReactNode {
  const { t } = useLaterWords();
  const { purpose, port, conversation, snapshot, now } = props;
  const { person, channel, consent } = snapshot;
  const { state } = consent.marketing;
  const missing = state === "unknown" || state === "expired";
  const [asked, ask] = useState(purpose === "given" || (purpose === "why" && missing));

  const record = async (said: Omit<RecordConsentInput, "contactId">): Promise<ErrorCode | null> => {
    try {
      const outcome = await port.record({ ...said, contactId: person.contactId });
      if (!outcome.ok) return outcome.refused;
      await learnConsent(port, conversation, now);
      props.onRecorded({ action: said.action, entryIds: outcome.entryIds });
      return null;
    } catch {
      return "messaging.connection_failed";
    }
  };
  return (
    <div className="flex flex-col gap-3 border-y border-line py-3">
      {asked ? (
        <RecordForm
          about={props.about ?? usualPurposes}
          name={person.name}
          channel={channel}
          now={now}
          onRecord={record}
        />
      ) : (
        <Button onClick={() => ask(true)} className="self-start">
          {t("action.record_consent")}
        </Button>
      )}
      {begunByUs.every((one) => consent[one].state === "opted_out") ? null : (
        <StopForm name={person.name} begins={purpose === "withdrawn"} onRecord={record} />
      )}
    </div>
  );
}
