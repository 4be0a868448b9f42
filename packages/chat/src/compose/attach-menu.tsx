import { useWords } from "@aparte/i18n/words-context.tsx";
import { iconButtonClass } from "@aparte/ui/icon-button.tsx";
import { Menu, type MenuItem } from "@aparte/ui/menu.tsx";
import { Paperclip } from "lucide-react";
import type { ReactNode } from "react";
import type { FileGroup } from "./choose-files.ts";

/** The messages that are written in a form of their own. */
export const formKinds = [
  "location",
  "contacts",
  "buttons",
  "list",
  "link",
  "location_request",
  "contact_request",
] as const;
export type FormKind = (typeof formKinds)[number];

const fileGroups = ["visual", "document", "audio"] as const satisfies FileGroup[];

async function choose(group: FileGroup, onFiles: (files: File[]) => void): Promise<void> {
  const { acceptedTypes, chooseFiles } = await import("./choose-files.ts");
  chooseFiles(acceptedTypes(group), onFiles);
}

/** Everything that can be sent beside words. */
export function AttachMenu(props: {
  readonly onFiles: (files: File[]) => void;
  readonly onForm: (kind: FormKind) => void;
}): ReactNode {
  const { t } = useWords();
  const items: MenuItem[] = [
    ...fileGroups.map((group) => ({
      key: group,
      label: t(`attach.${group}`),
      onChoose: () => void choose(group, props.onFiles),
    })),
    ...formKinds.map((kind) => ({ key: kind, label: t(`attach.${kind}`), onChoose: () => props.onForm(kind) })),
  ];
  return (
    <Menu
      label={t("attach.menu")}
      items={items}
      trigger={<Paperclip aria-hidden="true" size={18} />}
      triggerLabel={t("attach.menu")}
      triggerClass={iconButtonClass}
    />
  );
}
