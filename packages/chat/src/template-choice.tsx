import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMemo, type ReactNode } from "react";
import { permissionsOf } from "./consent/permissions.ts";
import { templateOptions } from "./template-options.ts";
import { TemplatePicker, type TemplatePickerProps } from "./template-picker.tsx";

/** The templates of a conversation to choose from. */
export function TemplateChoice(
  props: Omit<TemplatePickerProps, "options" | "fields"> & {
    readonly snapshot: ConversationSnapshot;
    readonly now: Date;
  },
): ReactNode {
  const { snapshot, now, ...rest } = props;
  const { locale } = useWords();
  const options = useMemo(
    () =>
      templateOptions(snapshot.templates, {
        permissions: permissionsOf(snapshot, now),
        messages: snapshot.messages,
        locale,
      }),
    [snapshot, now, locale],
  );
  return <TemplatePicker {...rest} options={options} fields={snapshot.fields} />;
}
