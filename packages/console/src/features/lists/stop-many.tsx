import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, TextArea } from "@aparte/ui/field.tsx";
import { OctagonX } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { GiveFile, useGiveFile } from "./give-file.tsx";

/** Stops for many people at once: pasted, or out of a file. */
export function StopMany({ id }: { readonly id: string }): ReactNode {
  const { t } = useWords();
  const [text, setText] = useState("");
  const { give } = useGiveFile("opt_outs");
  const lines = text.split(/[\n,;]+/).filter((line) => line.trim() !== "");
  const file = (): File =>
    new File([`number\n${lines.map((line) => line.trim()).join("\n")}\n`], t("console.lists.pasted"));
  return (
    <Card id={id} title={t("console.lists.stop_many")} icon={<OctagonX aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.lists.stop_many_text")}</p>
      <Field label={t("console.lists.numbers")} hint={t("console.lists.numbers_hint")}>
        {(control) => (
          <TextArea
            {...control}
            spellCheck={false}
            className="max-h-60 min-h-20 font-mono text-sm"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {lines.length > 0 ? (
        <ActionButton tone="brand" className="self-start" busy={give.isPending} onPress={() => give.mutate(file())}>
          {t("console.lists.check_numbers", { count: lines.length })}
        </ActionButton>
      ) : null}
      {give.data?.ok === false ? <Refused code={give.data.refused} role="admin" /> : null}
      {give.error ? <Failure error={give.error} /> : null}
      <GiveFile kind="opt_outs" />
    </Card>
  );
}
