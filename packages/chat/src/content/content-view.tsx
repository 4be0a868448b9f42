import type { FileView } from "@aparte/core/media.ts";
import type { MessageContent, TemplateContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { bubbleLines, CardBubble } from "../card-bubble.tsx";
import { Formatted, FormattedWords } from "../formatted.tsx";
import { InteractiveView, Offer, RichContent, TemplateCards, TemplateMedia } from "./lazy-content.ts";
import { TappedReply } from "./tapped-reply.tsx";

export type ContentViewProps = {
  readonly content: MessageContent;
  readonly files: readonly FileView[];
  /** A voice message of ours that was listened to. */
  readonly heard: boolean;
  /** A quote, or where the message came from. */
  readonly above: ReactNode;
  /** Time and ticks. */
  readonly meta: ReactNode;
};

/** The inside of a bubble. What can be tapped on the phone has lines to its edges; all else stands in a frame. */
export function ContentView(props: ContentViewProps): ReactNode {
  const { content, files, above, meta } = props;
  if (content.kind === "template") return <SentTemplate {...{ content, files, above, meta }} />;
  if (content.kind === "interactive") return <InteractiveView {...{ content, files, above, meta }} />;
  return (
    <div className="px-2.25 pt-1.5 pb-1.25 after:clear-both after:table" dir="auto">
      {above}
      <Inside {...props} content={content} />
      <span className="float-end ms-3 mt-1 text-xs text-muted">{meta}</span>
    </div>
  );
}

type PlainContent = Exclude<MessageContent, { kind: "template" | "interactive" }>;

function Inside(props: Pick<ContentViewProps, "files" | "heard"> & { readonly content: PlainContent }): ReactNode {
  const { content } = props;
  switch (content.kind) {
    case "text":
    case "notice":
      return <FormattedWords text={content.text} />;
    case "button_reply":
      return <TappedReply {...content} />;
    case "reaction":
      return content.emoji;
    case "edit":
      return <ContentView {...props} content={content.content} above={null} meta={null} />;
    case "deleted":
      return <Deleted />;
    case "media":
    case "location":
    case "contacts":
    case "form_reply":
    case "order":
    case "call_permission":
    case "other":
      return <RichContent {...props} content={content} />;
  }
}

/** A template as it stands on the phone. */
function SentTemplate(
  props: Pick<ContentViewProps, "files" | "above" | "meta"> & { readonly content: TemplateContent },
) {
  const { files, above, meta } = props;
  const { bubble } = props.content;
  return (
    <CardBubble
      above={above}
      media={bubble.headerMedia === null ? null : <TemplateMedia bubble={bubble} files={files} />}
      header={bubble.header}
      body={
        <>
          {bubble.offer ? <Offer offer={bubble.offer} /> : null}
          <Formatted text={bubble.body} />
        </>
      }
      footer={bubble.footer}
      meta={meta}
      lines={bubbleLines(bubble.buttons)}
      below={bubble.cards.length === 0 ? null : <TemplateCards bubble={bubble} files={files} />}
    />
  );
}

function Deleted(): ReactNode {
  const { t } = useWords();
  return (
    <span className="inline-flex items-center gap-1.5 text-muted italic">
      <Ban aria-hidden="true" size={14} />
      {t("content.deleted")}
    </span>
  );
}
