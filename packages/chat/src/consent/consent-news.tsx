import type { ErrorCode } from "@aparte/core/errors.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Ban, Check, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { Conversation } from "../conversation.ts";
import type { ConsentAct } from "./consent-act.ts";
import type { ConsentPort } from "./consent-port.ts";
import { secondsLeft } from "./countdown.ts";
import { learnConsent } from "./learn-consent.ts";
import { PermissionSummary } from "./permission-summary.tsx";
import { useCountdown } from "./use-countdown.ts";

export type ConsentNewsProps = {
  readonly act: ConsentAct;
  readonly port: ConsentPort;
  readonly conversation: Conversation;
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  readonly onClose: () => void;
};

type Undoing = "offered" | "running" | "done" | ErrorCode;

/**
 * Says what has just been written down and what it allows, and takes it back as long as that is possible. Give it a `key`
 * of the act.
 */
export function ConsentNews(props: ConsentNewsProps): ReactNode {
  const { t } = useLaterWords();
  const { act, snapshot, now } = props;
  const [undoing, setUndoing] = useState<Undoing>("offered");
  const undo = async (): Promise<void> => {
    setUndoing("running");
    try {
      const outcome = await props.port.undo(act.entryIds);
      if (outcome.ok) await learnConsent(props.port, props.conversation, now);
      setUndoing(outcome.ok ? "done" : outcome.refused);
    } catch {
      setUndoing("messaging.connection_failed");
    }
  };
  const Sign = act.action === "given" ? Check : Ban;
  const name = { name: snapshot.person.name };
  return (
    <Banner
      tone="plain"
      icon={<Sign aria-hidden="true" size={16} />}
      actions={
        <IconButton label={t("action.close")} onClick={props.onClose}>
          <X aria-hidden="true" size={16} />
        </IconButton>
      }
    >
      <p className="font-semibold">
        {undoing === "done" ? t("consent.taken_back") : t(`consent.recorded_${act.action}`, name)}
      </p>
      <PermissionSummary snapshot={snapshot} now={now} />
      {undoing === "done" ? null : <Undo action={act.action} undoing={undoing} onUndo={() => void undo()} />}
    </Banner>
  );
}

/** The way back with the time that is left for it; whoever is at the button has as long as the API gives. */
function Undo(props: {
  readonly action: ConsentAct["action"];
  readonly undoing: Exclude<Undoing, "done">;
  readonly onUndo: () => void;
}): ReactNode {
  const { t } = useLaterWords();
  const { action, undoing } = props;
  const [held, hold] = useState(false);
  const seconds = secondsLeft(useCountdown(held || undoing === "running"));
  if (undoing !== "offered" && undoing !== "running") {
    return (
      <p className="text-error">
        {t(`error.${undoing}`)} {t(`fix.${undoing}`)}
      </p>
    );
  }
  if (seconds === 0) return action === "withdrawn" ? <p>{t("consent.final_withdrawn")}</p> : null;
  return (
    <p
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
      className="flex items-center gap-2"
    >
      <Button tone="link" unavailable={undoing === "running"} onClick={props.onUndo}>
        {t("consent.undo")}
      </Button>
      <span aria-hidden="true">{t("consent.undo_seconds", { seconds })}</span>
      <span className="sr-only">{t("consent.undo_spoken")}</span>
    </p>
  );
}
