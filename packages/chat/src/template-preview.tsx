import type { FileView } from "@aparte/core/media.ts";
import { withoutPreferenceHoles } from "@aparte/core/preference-button.ts";
import { bubbleParts } from "@aparte/core/template-render.ts";
import { readPlace } from "@aparte/core/template-values.ts";
import { spot, variableKey, type Spot } from "@aparte/core/template-variables.ts";
import type { TemplateButton, TemplateShape } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { CardBubble, CardLines, type CardLine } from "./card-bubble.tsx";
import { Carousel } from "./content/carousel.tsx";
import { HeaderFile } from "./content/header-media.tsx";
import { LocationCard } from "./content/location-card.tsx";
import { MediaSign } from "./content/media-sign.tsx";
import { Offer } from "./content/template-parts.tsx";
import { Formatted, slotBase } from "./formatted.tsx";
import { variableLabel } from "./template-values.ts";

type Values = Readonly<Record<string, string>>;

export type TemplatePreviewProps = {
  readonly shape: TemplateShape;
  readonly values: Values;
  /** The files that the values name; a value without its file is shown as a sign. */
  readonly files?: readonly FileView[];
  /** Where the preference pages stand; null when that is not known. */
  readonly preferencePage?: string | null;
};

/** The bubble as it will arrive, with values in bold and each hole by its name. */
export function TemplatePreview({
  values,
  files = [],
  preferencePage = null,
  ...props
}: TemplatePreviewProps): ReactNode {
  const { t } = useWords();
  const shape = preferencePage === null ? props.shape : withoutPreferenceHoles(props.shape, preferencePage);
  const linesOf = (buttons: readonly TemplateButton[], card: number | null): CardLine[] =>
    buttons.map((button, index) => ({
      type: button.type,
      content: <ButtonLine {...{ button, values, preferencePage }} where={spot("button", { button: index, card })} />,
    }));
  return (
    <section
      aria-label={t("template.preview")}
      className="forced-edge rounded rounded-ee-[2px] bg-bubble-out shadow-raised"
    >
      <CardBubble
        media={<HeaderMediaPreview {...{ shape, values, files }} />}
        header={shape.header === null ? null : <Filled text={shape.header} where={spot("header")} values={values} />}
        body={
          <>
            {shape.offer ? <Offer offer={{ text: shape.offer.text, endsAt: timeValue(values["offer.ends"]) }} /> : null}
            <Filled text={shape.body} where={spot("body")} values={values} />
          </>
        }
        footer={shape.footer}
        meta={t("template.preview")}
        lines={linesOf(shape.buttons, null)}
        below={
          shape.cards.length === 0 ? null : (
            <Carousel count={shape.cards.length}>
              {(index) => <CardPreview card={shape.cards[index]} {...{ index, values, files, linesOf }} />}
            </Carousel>
          )
        }
      />
    </section>
  );
}

type Filling = { readonly values: Values; readonly files: readonly FileView[] };

function HeaderMediaPreview({ shape, values, files }: Filling & { readonly shape: TemplateShape }): ReactNode {
  const { headerMedia } = shape;
  if (headerMedia === null) return null;
  if (headerMedia === "LOCATION") {
    const place = readPlace(values[variableKey(spot("header"), "location")] ?? "");
    return place ? <LocationCard place={place} /> : <MediaSign kind="LOCATION" />;
  }
  return <HeaderFile kind={headerMedia} fileId={values[variableKey(spot("header"), "media")] || null} files={files} />;
}

function CardPreview(
  props: Filling & {
    readonly card: TemplateShape["cards"][number] | undefined;
    readonly index: number;
    readonly linesOf: (buttons: readonly TemplateButton[], card: number) => CardLine[];
  },
): ReactNode {
  const { card, index, values, files, linesOf } = props;
  if (card === undefined) return null;
  const fileId = values[variableKey(spot("header", { card: index }), "media")] || null;
  return (
    <>
      <HeaderFile kind={card.headerMedia} fileId={fileId} files={files} />
      {card.body === null ? null : (
        <p dir="auto" className="px-2 py-1.5 wrap-anywhere whitespace-pre-wrap">
          <Filled text={card.body} where={spot("body", { card: index })} values={values} />
        </p>
      )}
      <CardLines lines={linesOf(card.buttons, index)} />
    </>
  );
}

/** The words of a button, and where it leads when that is not the same for everyone. */
function ButtonLine(props: {
  readonly button: TemplateButton;
  readonly where: Spot;
  readonly values: Values;
  readonly preferencePage: string | null;
}): ReactNode {
  const { t } = useWords();
  const { button, where, values } = props;
  const url = button.type === "url" ? button.url : "";
  const isOwnPage = url !== "" && url === props.preferencePage;
  return (
    <>
      {button.text}
      {isOwnPage || url.includes("{{") ? (
        <span className="block text-center text-xs font-normal wrap-anywhere text-muted">
          {isOwnPage ? t("template.own_preferences") : <Filled text={url} where={where} values={values} />}
        </span>
      ) : null}
    </>
  );
}

function timeValue(value: string | undefined): string | null {
  return value === undefined || Number.isNaN(Date.parse(value)) ? null : value;
}

/** Words, values and holes as one formatted text: a mark around a value formats the value, as on the phone. */
function Filled(props: { readonly text: string; readonly where: Spot; readonly values: Values }): ReactNode {
  const slots: ReactNode[] = [];
  const text = bubbleParts(props.text, props.where, props.values).map((part) => {
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
