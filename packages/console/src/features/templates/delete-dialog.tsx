import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { CheckBox } from "../../layout/check-box.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { languageName } from "./language-chips.tsx";
import type { TemplateGroup } from "./template-groups.ts";
import type { ListedTemplate } from "./templates-query.ts";

/** Asks once more, with what follows from it. */
export function DeleteDialog(props: {
  readonly channelId: string;
  readonly group: TemplateGroup;
  readonly template: ListedTemplate;
  readonly onClose: () => void;
}): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const { channelId, group, template, onClose } = props;
  const [all, setAll] = useState(group.variants.length === 1);
  const remove = useMutation({
    mutationFn: () =>
      api.templates.delete.mutate({ channelId, name: group.name, templateId: all ? null : template.id }),
    onSuccess: (outcome) => {
      if (outcome.ok) onClose();
    },
  });
  const languages = (all ? group.variants : [template]).map(({ language }) => languageName(language, locale));
  return (
    <Dialog title={t("console.templates.delete_title", { name: group.name })} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p>{t("console.templates.delete_text", { languages: languages.join(", "), count: languages.length })}</p>
        <p>{t("console.templates.delete_consequence")}</p>
        {group.variants.length > 1 ? (
          <CheckBox label={t("console.templates.delete_all")} checked={all} onChange={setAll} />
        ) : null}
        {remove.data?.ok === false ? <Refused code={remove.data.refused} role="admin" /> : null}
        {remove.error ? <Failure error={remove.error} /> : null}
        <div className="flex justify-between gap-2 pt-1">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <ActionButton tone="brand" busy={remove.isPending} onPress={() => remove.mutate()}>
            {t("console.templates.delete")}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}
