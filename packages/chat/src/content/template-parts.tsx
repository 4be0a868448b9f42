import type { FileView } from "@aparte/core/media.ts";
import type { Bubble } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Timer } from "lucide-react";
import type { ReactNode } from "react";
import { CardLines, bubbleLines } from "../card-bubble.tsx";
import { Formatted } from "../formatted.tsx";
import { dateAndTime } from "../when.ts";
import { Carousel } from "./carousel.tsx";
import { HeaderFile } from "./header-media.tsx";
import { LocationCard } from "./location-card.tsx";
import { MediaSign } from "./media-sign.tsx";

/** What heads a template: a file or a place. */
export function TemplateMedia(props: { readonly bubble: Bubble; readonly files: readonly FileView[] }): ReactNode {
  const { headerMedia, headerFile, headerLocation } = props.bubble;
  if (headerMedia === null) return null;
  if (headerMedia !== "LOCATION") return <HeaderFile kind={headerMedia} fileId={headerFile} files={props.files} />;
  return headerLocation ? <LocationCard place={headerLocation} /> : <MediaSign kind="LOCATION" />;
}

/** The cards of a carousel. */
export function TemplateCards(props: { readonly bubble: Bubble; readonly files: readonly FileView[] }): ReactNode {
  const { cards } = props.bubble;
  return <Carousel count={cards.length}>{(index) => <BubbleCard card={cards[index]} files={props.files} />}</Carousel>;
}

function BubbleCard(props: {
  readonly card: Bubble["cards"][number] | undefined;
  readonly files: readonly FileView[];
}): ReactNode {
  const { card, files } = props;
  if (card === undefined) return null;
  return (
    <>
      <HeaderFile kind={card.headerMedia} fileId={card.headerFile} files={files} />
      {card.body ? (
        <p dir="auto" className="px-2 py-1.5 wrap-anywhere whitespace-pre-wrap">
          <Formatted text={card.body} />
        </p>
      ) : null}
      <CardLines lines={bubbleLines(card.buttons)} />
    </>
  );
}

/** Limited in time: what, and until when. */
export function Offer({ offer }: { readonly offer: NonNullable<Bubble["offer"]> }): ReactNode {
  const { t, locale } = useWords();
  return (
    <span className="mb-1 flex items-center gap-2 rounded-sm bg-veil px-2 py-1.5">
      <Timer aria-hidden="true" size={18} className="shrink-0 text-brand" />
      <span className="min-w-0">
        <bdi className="block font-semibold">{offer.text}</bdi>
        {offer.endsAt ? (
          <span className="block text-xs text-muted">
            {t("offer.ends", { date: dateAndTime(offer.endsAt, locale) })}
          </span>
        ) : null}
      </span>
    </span>
  );
}
