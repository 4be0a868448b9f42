import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Link } from "@tanstack/react-router";
import { useMutation } from "@tanstack/react-query";
import { Languages, Pencil, Play, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { linkLook } from "../../layout/link-look.ts";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { TemplateGroup } from "./template-groups.ts";
import type { ListedTemplate } from "./templates-query.ts";

const editable: ReadonlySet<string> = new Set(["APPROVED", "REJECTED", "PAUSED"]);

/** What an admin can do with a template. */
export function TemplateActions(props: {
  readonly channelId: string;
  readonly group: TemplateGroup;
  readonly template: ListedTemplate;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const [deleting, setDeleting] = useState(false);
  const { channelId: number, group, template } = props;
  const unpause = useMutation({ mutationFn: () => api.templates.unpause.mutate({ templateId: template.id }) });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {editable.has(template.status) ? (
          <Link to="/templates/write" search={{ number, template: template.id }} className={linkLook}>
            <Pencil aria-hidden="true" size={16} />
            {t("console.templates.edit")}
          </Link>
        ) : null}
        <Link to="/templates/write" search={{ number, copy: template.id }} className={linkLook}>
          <Languages aria-hidden="true" size={16} />
          {t("console.templates.add_language")}
        </Link>
        {template.status === "PAUSED" ? (
          <ActionButton busy={unpause.isPending} onPress={() => unpause.mutate()}>
            <Play aria-hidden="true" size={16} />
            {t("console.templates.unpause")}
          </ActionButton>
        ) : null}
        <Button onClick={() => setDeleting(true)}>
          <Trash2 aria-hidden="true" size={16} />
          {t("console.templates.delete")}
        </Button>
      </div>
      {unpause.data?.ok === false ? <Refused code={unpause.data.refused} role="admin" /> : null}
      {unpause.error ? <Failure error={unpause.error} /> : null}
      {deleting ? (
        <DeleteDialog channelId={number} group={group} template={template} onClose={() => setDeleting(false)} />
      ) : null}
    </div>
  );
}
