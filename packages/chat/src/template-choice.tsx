import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMemo, type ReactNode } from "react";
import { templateOptions } from "./template-options.ts";
import { TemplatePicker, type TemplatePickerProps } from "./template-picker.tsx";

/** The templates of a conversation to choose from. */
export function TemplateChoice(
  props: Omit<TemplatePickerProps, "options" | "fields"> & { readonly snapshot: ConversationSnapshot },
): ReactNode {
  const { snapshot, ...rest } = props;
  const { locale } = useWords();
  const options = useMemo(
    () => templateOptions(snapshot.templates, { consent: snapshot.consent, messages: snapshot.messages, locale }),
    [snapshot.templates, snapshot.consent, snapshot.messages, locale],
  );
  return <TemplatePicker {...rest} options={options} fields={snapshot.fields} />;
}
