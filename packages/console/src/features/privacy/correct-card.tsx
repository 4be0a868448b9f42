import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useQueryClient } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { useServices } from "../../platform/services.tsx";
import type { PrivacyPersonView } from "./privacy-query.ts";
import { ReasonForm } from "./reason-form.tsx";

type What = "name" | "number";

/** The right name or number for a person, where ours is wrong. */
export function CorrectCard({ person }: { readonly person: PrivacyPersonView }): ReactNode {
  const { t } = useWords();
  const [asked, setAsked] = useState<What | null>(null);
  return (
    <Card id="correct" title={t("console.privacy.correct")} icon={<PencilLine aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.privacy.correct_text")}</p>
      <div className="flex flex-wrap gap-2">
        {(["name", "number"] as const).map((what) => (
          <Button key={what} onClick={() => setAsked(what)}>
            {t("console.privacy.correct_button", { what })}
          </Button>
        ))}
      </div>
      {asked ? (
        <CorrectDialog
          what={asked}
          person={person}
          onClose={() => setAsked(null)}
          onDone={() => changeCard("correct", () => setAsked(null))}
        />
      ) : null}
    </Card>
  );
}

function CorrectDialog(props: {
  readonly what: What;
  readonly person: PrivacyPersonView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const cache = useQueryClient();
  const { what, person } = props;
  const { contactId } = person;
  const title = t("console.privacy.correct_button", { what });
  const fits = what === "name" ? (typed: string) => typed !== "" : (typed: string) => numberIn(typed) !== null;
  return (
    <Dialog title={title} onClose={props.onClose}>
      <ReasonForm
        extra={{
          label: t("console.privacy.correct_label", { what }),
          hint: t("console.privacy.correct_hint", { what }),
          wrong: t("console.privacy.correct_wrong", { what }),
          initial: (what === "name" ? person.name : person.number) ?? "",
          fits,
        }}
        submit={title}
        busy={t("console.privacy.saving")}
        send={({ reason, extra }) =>
          api.privacy.correct.mutate({
            contactId,
            reason,
            ...(what === "name" ? { name: extra } : { e164: numberIn(extra) }),
          })
        }
        onCancel={props.onClose}
        onDone={() => {
          void cache.invalidateQueries({ queryKey: ["privacy", "person", contactId] });
          props.onDone();
        }}
      />
    </Dialog>
  );
}

/** A number with its country code, however it is spaced, in E.164; null when it has none. */
function numberIn(typed: string): string | null {
  const bare = typed.replaceAll(/[\s()./-]/g, "").replace(/^00/, "+");
  return /^\+[1-9]\d{4,14}$/.test(bare) ? bare : null;
}
