import type { ConsentPurpose } from "@aparte/core/consent.ts";
import type { CrmField } from "@aparte/core/crm-record.ts";
import { purposeOf, type Reason } from "@aparte/core/send-decision.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import { clsx } from "clsx";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { KeptDraft } from "./kept-draft.tsx";
import { searchTemplates, type TemplateOption } from "./template-options.ts";
import { snippetOf } from "./template-values.ts";
import { useFocusWhenLost } from "./use-focus-when-lost.ts";

export type TemplatePickerProps = {
  readonly options: readonly TemplateOption[];
  /** What the record knows, so that a template is recognised by what it would say. */
  readonly fields: readonly CrmField[];
  readonly onPick: (option: TemplateOption) => void;
  readonly onRecordConsent: (purpose: ConsentPurpose) => void;
  readonly onWhy: () => void;
  /** Back to the text box; null when there is none to go back to. */
  readonly onCancel: (() => void) | null;
  /** Text that was written and cannot be sent now. */
  readonly keptText: string;
};

/** The templates to choose from, searchable, with the reason where one cannot be sent. */
export function TemplatePicker(props: TemplatePickerProps): ReactNode {
  const { t } = useWords();
  const { options, onPick, onCancel } = props;
  const [search, setSearch] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const region = useRef<HTMLElement>(null);
  const found = searchTemplates(options, search);
  const first = found.find((option) => option.refusal === null);
  useFocusWhenLost(box);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && onCancel) onCancel();
    else if (event.key === "Enter" && event.target === box.current && first) onPick(first);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") moveFocus(region.current, event.key);
    else return;
    event.preventDefault();
  };
  return (
    <section
      ref={region}
      aria-label={t("template.choose")}
      onKeyDown={onKeyDown}
      className="flex max-h-[55%] min-h-0 flex-col gap-2 border-t border-line bg-surface p-2.5"
    >
      <div className="flex items-center gap-2">
        <TextInput
          ref={box}
          data-stop=""
          type="search"
          value={search}
          placeholder={t("template.search")}
          aria-label={t("template.search")}
          onChange={(event) => setSearch(event.target.value)}
        />
        {onCancel ? <Button onClick={onCancel}>{t("action.cancel")}</Button> : null}
      </div>
      <ul aria-label={t("template.choose")} className="-mx-1 flex min-h-0 flex-col gap-1 overflow-y-auto p-1">
        {found.map((option) => (
          <PickerOption
            key={option.name}
            option={option}
            snippet={snippetOf(option.preferred.shape, props.fields)}
            onPick={onPick}
            onRecordConsent={props.onRecordConsent}
            onWhy={props.onWhy}
          />
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="px-1 text-muted">{t(options.length === 0 ? "template.none" : "template.none_found")}</p>
      ) : null}
      <KeptDraft text={props.keptText} />
    </section>
  );
}

function PickerOption(props: {
  readonly option: TemplateOption;
  readonly snippet: string;
  readonly onPick: (option: TemplateOption) => void;
  readonly onRecordConsent: (purpose: ConsentPurpose) => void;
  readonly onWhy: () => void;
}): ReactNode {
  const { t } = useWords();
  const { name, preferred, variants, refusal } = props.option;
  const languages = variants.map((variant) => variant.language).join(", ");
  return (
    <li className="forced-edge rounded bg-field">
      <button
        type="button"
        data-stop=""
        aria-disabled={refusal ? true : undefined}
        onClick={() => (refusal ? undefined : props.onPick(props.option))}
        className={clsx("block w-full rounded px-2.5 py-1.75 text-start", !refusal && "hover:bg-veil")}
      >
        <span className={clsx("flex items-baseline gap-2", refusal && "text-muted")}>
          <bdi className="min-w-0 truncate font-semibold">{name}</bdi>
          <span className="shrink-0 text-xs text-muted">
            {t(`template.category_${preferred.category}`)} · {languages}
          </span>
        </span>
        <bdi className="block truncate text-sm text-muted">{props.snippet}</bdi>
        {refusal ? <span className="mt-0.5 block text-sm text-error">{t(`error.${refusal.code}`)}</span> : null}
      </button>
      {refusal === null || refusal.code.startsWith("templates.") ? null : (
        <div className="flex flex-wrap gap-x-3 px-2 pb-1.5 text-sm text-read">
          {isMissing(refusal) ? (
            <Button tone="link" onClick={() => props.onRecordConsent(purposeOf[preferred.category])}>
              {t("action.record_consent")}
            </Button>
          ) : null}
          <Button tone="link" onClick={props.onWhy}>
            {t("template.why")}
          </Button>
        </div>
      )}
    </li>
  );
}

function isMissing({ code }: Reason): boolean {
  return code === "consent.missing" || code === "consent.utility_missing" || code === "consent.expired";
}

/** Arrow keys run through the search box and the options. */
function moveFocus(region: HTMLElement | null, key: "ArrowDown" | "ArrowUp"): void {
  const stops = [...(region?.querySelectorAll<HTMLElement>("[data-stop]") ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[at + (key === "ArrowDown" ? 1 : -1)]?.focus();
}
