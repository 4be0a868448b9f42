import { readRateCard } from "@aparte/core/price.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextArea } from "@aparte/ui/field.tsx";
import { chooseFiles } from "@aparte/chat/compose/choose-files.ts";
import { useMutation } from "@tanstack/react-query";
import { FileUp, Upload } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** A card to take over: pasted or out of a file, read at once, so that its mistakes are seen before it replaces anything. */
export function RateImport({ id }: { readonly id: string }): ReactNode {
  const { t } = useWords();
  const [text, setText] = useState("");
  const replace = useReplace(() =>
    // The button goes away with the text.
    changeCard("rates", () => setText("")),
  );
  const card = readRateCard(text);
  const ready = card.rates.length > 0 && card.problems.length === 0;
  const change = (changed: string): void => {
    setText(changed);
    if (!replace.isIdle && !replace.isPending) replace.reset();
  };
  const choose = (): void =>
    chooseFiles(".csv,.txt,.tsv,text/csv,text/plain", ([file]) => void file?.text().then(change), false);
  return (
    <Card
      id={id}
      title={t("console.pricing.import")}
      icon={<FileUp aria-hidden="true" size={18} />}
      actions={
        <Button onClick={choose}>
          <Upload aria-hidden="true" size={16} />
          {t("console.pricing.choose")}
        </Button>
      }
    >
      <p className="max-w-prose text-muted">{t("console.pricing.import_text")}</p>
      <Field label={t("console.pricing.text")} hint={<span className="font-mono">FR,MARKETING,0.1186,EUR</span>}>
        {(control) => (
          <TextArea
            {...control}
            spellCheck={false}
            className="max-h-72 min-h-32 font-mono text-sm"
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      <div role="status" className="flex flex-col gap-3 empty:hidden">
        {text.trim() === "" ? null : <WhatWasRead text={text} />}
        {replace.data?.ok ? (
          <Notice tone="good">{t("console.pricing.replaced", { count: replace.data.count })}</Notice>
        ) : null}
      </div>
      {replace.data?.ok === false ? <Refused code={replace.data.refused} role="admin" /> : null}
      {replace.error ? <Failure error={replace.error} /> : null}
      {ready ? (
        <ActionButton tone="brand" className="self-start" busy={replace.isPending} onPress={() => replace.mutate(text)}>
          {t("console.pricing.replace", { count: card.rates.length })}
        </ActionButton>
      ) : null}
    </Card>
  );
}

/** So many lines that cannot be read are shown; one wrong separator spoils them all. */
const shownProblems = 8;

function WhatWasRead({ text }: { readonly text: string }): ReactNode {
  const { t } = useWords();
  const { rates, problems } = readRateCard(text);
  const lines = text.split(/\r?\n/);
  const countries = new Set(rates.map(({ country }) => country)).size;
  return (
    <>
      <p>{t("console.pricing.read", { count: rates.length, countries })}</p>
      {problems.length > 0 ? (
        <Notice tone="warning">
          <p className="font-semibold">{t("console.pricing.unreadable", { count: problems.length })}</p>
          <ul className="my-1 font-mono text-sm">
            {problems.slice(0, shownProblems).map(({ line }) => (
              <li key={line} className="wrap-anywhere">
                {t("console.pricing.line", { number: line })} {lines[line - 1]?.slice(0, 120)}
              </li>
            ))}
          </ul>
          <p>{t("console.pricing.unreadable_fix")}</p>
        </Notice>
      ) : null}
    </>
  );
}

function useReplace(onDone: () => void) {
  const { api } = useServices();
  return useMutation({
    mutationFn: (text: string) => api.pricing.replace.mutate({ text }),
    onSuccess: ({ ok }) => {
      if (ok) onDone();
    },
  });
}
