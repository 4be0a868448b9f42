import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";

/** Whose templates: the number stands for its account. */
export function ChannelChoice(props: {
  readonly channels: readonly ChannelView[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("console.channels.title")}>
      {(control) => (
        <Select
          {...control}
          className="max-w-md"
          value={props.chosen}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          {props.channels.map(({ id, displayPhoneNumber, verifiedName }) => (
            <option key={id} value={id}>
              {`${displayPhoneNumber} · ${verifiedName}`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
