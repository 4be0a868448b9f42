import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Link } from "@tanstack/react-router";
import { useMutation } from "@tanstack/react-query";
import { Archive, Languages, Pencil, Play, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { linkLook } from "../../layout/link-look.ts";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { TemplateGroup } from "./template-groups.ts";
import type { ListedTemplate } from "./templates-query.ts";

const editable: ReadonlySet<string> = new Set(["APPROVED", "REJECTED", "PAUSED"]);

/** The way out of a status, or into the archive. */
const revival: Partial<Record<ListedTemplate["status"], WordKey>> = {
  PAUSED: "console.templates.unpause",
  ARCHIVED: "console.templates.unarchive",
  APPROVED: "console.templates.archive",
  REJECTED: "console.templates.archive",
};

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
  const { id: templateId, status } = template;
  const revive = useMutation({
    mutationFn: () =>
      status === "PAUSED"
        ? api.templates.unpause.mutate({ templateId })
        : api.templates.archive.mutate({ templateId, archived: status !== "ARCHIVED" }),
  });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {editable.has(status) ? (
          <Link to="/templates/write" search={{ number, template: template.id }} className={linkLook}>
            <Pencil aria-hidden="true" size={16} />
            {t("console.templates.edit")}
          </Link>
        ) : null}
        <Link to="/templates/write" search={{ number, copy: template.id }} className={linkLook}>
          <Languages aria-hidden="true" size={16} />
          {t("console.templates.add_language")}
        </Link>
        {revival[status] ? (
          <ActionButton busy={revive.isPending} onPress={() => revive.mutate()}>
            {status === "APPROVED" || status === "REJECTED" ? (
              <Archive aria-hidden="true" size={16} />
            ) : (
              <Play aria-hidden="true" size={16} />
            )}
            {t(revival[status])}
          </ActionButton>
        ) : null}
        <Button onClick={() => setDeleting(true)}>
          <Trash2 aria-hidden="true" size={16} />
          {t("console.templates.delete")}
        </Button>
      </div>
      {revive.data?.ok === false ? <Refused code={revive.data.refused} role="admin" /> : null}
      {revive.error ? <Failure error={revive.error} /> : null}
      {deleting ? (
        <DeleteDialog channelId={number} group={group} template={template} onClose={() => setDeleting(false)} />
      ) : null}
    </div>
  );
}
