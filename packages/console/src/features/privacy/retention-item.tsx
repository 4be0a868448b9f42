import { dateAndTime, dayOf } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { useForm } from "../../platform/use-form.ts";
import type { RetentionItemView } from "./privacy-query.ts";

/** How long one kind of data is kept, what follows from it, and what the last night did. */
export function RetentionItem({ item }: { readonly item: RetentionItemView }): ReactNode {
  const { t } = useWords();
  const { kind } = item;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <section
        aria-labelledby={`kept-${kind}`}
        className="grid gap-x-6 gap-y-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
      >
        <div className="min-w-0">
          <h3 id={`kept-${kind}`} className="font-semibold">
            {t("console.privacy.kind", { kind })}
          </h3>
          <p className="max-w-prose text-muted">{t("console.privacy.kind_text", { kind })}</p>
          <LastNight item={item} />
        </div>
        <DaysForm item={item} />
      </section>
    </li>
  );
}

function LastNight({ item: { last } }: { readonly item: RetentionItemView }): ReactNode {
  const { t, locale } = useWords();
  if (last === null) return <p className="mt-1 text-sm text-muted">{t("console.privacy.no_night")}</p>;
  const { at, removed, oldestKept } = last;
  return (
    <p className="mt-1 text-sm text-muted">
      {t("console.privacy.night", { date: dateAndTime(at, locale), count: removed })}{" "}
      {oldestKept === null ? null : t("console.privacy.oldest", { date: dayOf(oldestKept, locale) })}
    </p>
  );
}

function DaysForm({ item: { kind, days, rule } }: { readonly item: RetentionItemView }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const cache = useQueryClient();
  const [saved, setSaved] = useState(false);
  const { least, most } = rule;
  const fits = (typed: string) => /^\d{1,5}$/.test(typed) && Number(typed) >= least && Number(typed) <= most;
  const form = useForm({
    initial: { days: String(days) },
    check: (values) =>
      Promise.resolve(
        fits(values.days.trim())
          ? { ok: true as const, input: { kind, days: Number(values.days) } }
          : { ok: false as const, invalid: ["days"] },
      ),
    send: (input) => api.privacy.setRetention.mutate(input),
    onDone: () => {
      setSaved(true);
      void cache.invalidateQueries({ queryKey: ["privacy", "retention"] });
    },
  });
  const preview = useMutation({
    mutationFn: (given: number) => api.privacy.previewPurge.query({ kind, days: given }),
  });
  return (
    <div className="flex flex-col gap-2">
      <EntryForm
        form={form}
        role="admin"
        submit={t("console.privacy.save_days")}
        busy={t("console.privacy.saving")}
        status={saved && !form.busy ? t("console.privacy.saved") : ""}
      >
        <FormField
          form={form}
          name="days"
          inputMode="numeric"
          label={t("console.privacy.days_label")}
          hint={t("console.privacy.days_hint", { least, most })}
          wrong={t("console.privacy.days_wrong", { least, most })}
        />
      </EntryForm>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ActionButton
          tone="link"
          busy={preview.isPending}
          onPress={() => preview.mutate(fits(form.values.days.trim()) ? Number(form.values.days) : days)}
        >
          {t("console.privacy.preview")}
          <span className="sr-only">: {t("console.privacy.kind", { kind })}</span>
        </ActionButton>
        <p role="status" className="text-sm">
          {preview.data ? t("console.privacy.would_go", { count: preview.data.count }) : ""}
        </p>
      </div>
      {preview.error ? <Failure error={preview.error} /> : null}
    </div>
  );
}
