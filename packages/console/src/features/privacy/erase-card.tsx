import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useQueryClient } from "@tanstack/react-query";
import { UserX } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { useServices } from "../../platform/services.tsx";
import type { PrivacyPersonView } from "./privacy-query.ts";
import { ReasonForm } from "./reason-form.tsx";

/** Forgets a person, after a look at what goes and a proof that this one is meant. */
export function EraseCard({ person }: { readonly person: PrivacyPersonView }): ReactNode {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  const [begun, setBegun] = useState(false);
  const { messages, files, consents, records } = person;
  return (
    <Card id="erase" title={t("console.privacy.erase")} icon={<UserX aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.privacy.erase_text")}</p>
      <p>{t("console.privacy.erase_counts", { messages, files, consents })}</p>
      {records.length > 0 ? (
        <p className="text-sm wrap-anywhere text-muted">
          {t("console.privacy.erase_records", { names: records.join(", ") })}
        </p>
      ) : null}
      <p role="status" className="empty:hidden">
        {begun ? t("console.privacy.erasing") : ""}
      </p>
      <div>
        <Button onClick={() => setAsked(true)}>{t("console.privacy.erase_button")}</Button>
      </div>
      {asked ? (
        <EraseDialog
          person={person}
          onClose={() => setAsked(false)}
          onDone={() =>
            changeCard("erase", () => {
              setAsked(false);
              setBegun(true);
            })
          }
        />
      ) : null}
    </Card>
  );
}

function EraseDialog(props: {
  readonly person: PrivacyPersonView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const cache = useQueryClient();
  const { contactId, number, name } = props.person;
  const by = number === null ? "name" : "number";
  return (
    <Dialog title={t("console.privacy.erase_title", { name: name ?? number ?? "" })} onClose={props.onClose}>
      <div className="flex flex-col gap-3">
        <p>{t("console.privacy.erase_final")}</p>
        <ReasonForm
          extra={{
            label: t("console.privacy.erase_confirm", { by }),
            hint: t("console.privacy.erase_confirm_hint", { number: number ?? name ?? "" }),
            wrong: t("console.privacy.erase_confirm_wrong", { by }),
            initial: "",
            fits: (typed) => (by === "number" ? /^\d{4}$/.test(typed) : typed !== ""),
          }}
          submit={t("console.privacy.erase_submit")}
          busy={t("console.privacy.saving")}
          send={({ reason, extra }) => api.privacy.erase.mutate({ contactId, confirmation: extra, reason })}
          onCancel={props.onClose}
          onDone={() => {
            void cache.invalidateQueries({ queryKey: ["privacy", "person", contactId] });
            props.onDone();
          }}
        />
      </div>
    </Dialog>
  );
}
