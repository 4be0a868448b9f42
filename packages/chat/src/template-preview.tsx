import { bubbleParts } from "@aparte/core/template-render.ts";
import { spot, type Spot } from "@aparte/core/template-variables.ts";
import type { TemplateShape } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { Formatted, slotBase } from "./formatted.tsx";
import { TemplateBubble } from "./template-bubble.tsx";
import { variableLabel } from "./template-values.ts";

type Values = Readonly<Record<string, string>>;

/** The bubble as it will arrive, with values in bold and each hole by its name. */
export function TemplatePreview(props: { readonly shape: TemplateShape; readonly values: Values }): ReactNode {
  const { t } = useWords();
  const { shape, values } = props;
  const filled = (text: string, where: Spot): ReactNode => <FilledText parts={bubbleParts(text, where, values)} />;
  return (
    <section
      aria-label={t("template.preview")}
      className="forced-edge rounded rounded-ee-[2px] bg-bubble-out shadow-raised"
    >
      <TemplateBubble
        media={shape.headerMedia}
        header={shape.header === null ? null : filled(shape.header, spot("header"))}
        body={filled(shape.body, spot("body"))}
        footer={shape.footer}
        meta={t("template.preview")}
        buttons={shape.buttons.map((button, index) => ({
          type: button.type,
          content: (
            <span>
              {button.text}
              {button.type === "url" && button.url.includes("{{") ? (
                <span className="block text-center text-xs font-normal wrap-anywhere text-muted">
                  {filled(button.url, spot("button", { button: index }))}
                </span>
              ) : null}
            </span>
          ),
        }))}
      />
    </section>
  );
}

/** Words, values and holes as one formatted text: a mark around a value formats the value, as on the phone. */
function FilledText({ parts }: { readonly parts: ReturnType<typeof bubbleParts> }): ReactNode {
  const slots: ReactNode[] = [];
  const text = parts.map((part) => {
    if (part.kind === "words") return part.text;
    slots.push(
      part.kind === "value" ? (
        <bdi className="font-bold">{part.text}</bdi>
      ) : (
        <bdi className="font-bold text-error">⟨{variableLabel(part.name) ?? part.name}⟩</bdi>
      ),
    );
    return String.fromCharCode(slotBase + slots.length - 1);
  });
  return <Formatted text={text.join("")} slots={slots} />;
}
