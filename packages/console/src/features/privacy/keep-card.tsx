import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useQueryClient } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { useServices } from "../../platform/services.tsx";
import type { PrivacyPersonView } from "./privacy-query.ts";
import { ReasonForm } from "./reason-form.tsx";

type Keeping = "restriction" | "hold";

/** What stops messages or purges for one person: a restriction, a hold for a legal claim. */
export function KeepCard({ person }: { readonly person: PrivacyPersonView }): ReactNode {
  const { t } = useWords();
  const [asked, setAsked] = useState<Keeping | null>(null);
  const since = { restriction: person.restrictedAt, hold: person.heldAt };
  const reasons = { restriction: person.restrictedReason, hold: person.heldReason };
  return (
    <Card id="keep" title={t("console.privacy.keep")} icon={<Hand aria-hidden="true" size={18} />}>
      <ul className="divide-y divide-line">
        {(["restriction", "hold"] as const).map((keeping) => (
          <KeepItem
            key={keeping}
            keeping={keeping}
            since={since[keeping]}
            reason={reasons[keeping]}
            onPress={() => setAsked(keeping)}
          />
        ))}
      </ul>
      {asked ? (
        <KeepDialog
          contactId={person.contactId}
          keeping={asked}
          on={since[asked] === null}
          onClose={() => setAsked(null)}
          onDone={() => changeCard("keep", () => setAsked(null))}
        />
      ) : null}
    </Card>
  );
}

function KeepItem(props: {
  readonly keeping: Keeping;
  readonly since: string | null;
  readonly reason: string | null;
  readonly onPress: () => void;
}): ReactNode {
  const { t, locale } = useWords();
  const { keeping, since, reason } = props;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3">
          <span className="font-semibold">{t("console.privacy.keeping", { keeping })}</span>
          <StateLabel mood={since === null ? "neutral" : "waiting"}>
            {since === null ? t("console.privacy.off") : t("console.privacy.on")}
          </StateLabel>
        </p>
        <p className="text-sm text-muted">{t("console.privacy.keeping_text", { keeping })}</p>
        {since === null ? null : (
          <p className="text-sm wrap-anywhere">
            {t("console.privacy.since", { date: dateAndTime(since, locale), reason: reason ?? "" })}
          </p>
        )}
      </div>
      <Button onClick={props.onPress}>
        {t("console.privacy.keeping_button", { keeping, on: since === null ? "yes" : "no" })}
      </Button>
    </li>
  );
}

function KeepDialog(props: {
  readonly contactId: string;
  readonly keeping: Keeping;
  readonly on: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const cache = useQueryClient();
  const { contactId, keeping, on } = props;
  const words = t("console.privacy.keeping_button", { keeping, on: on ? "yes" : "no" });
  return (
    <Dialog title={words} onClose={props.onClose}>
      <ReasonForm
        submit={words}
        busy={t("console.privacy.saving")}
        send={({ reason }) => api.privacy.keep.mutate({ contactId, keeping, on, reason })}
        onCancel={props.onClose}
        onDone={() => {
          void cache.invalidateQueries({ queryKey: ["privacy", "person", contactId] });
          props.onDone();
        }}
      />
    </Dialog>
  );
}
