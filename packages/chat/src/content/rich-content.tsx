import type { FileView } from "@aparte/core/media.ts";
import type { MediaContent, MessageContent } from "@aparte/core/message-content.ts";
import type { ReactNode } from "react";
import { fileOf } from "../files/file-problem.ts";
import { FormattedWords } from "../formatted.tsx";
import { CallPermission, FormReply, OrderCard } from "./answers.tsx";
import { ContactCards } from "./contact-cards.tsx";
import { DocumentCard } from "./document-card.tsx";
import { LocationCard } from "./location-card.tsx";
import { OtherCard } from "./other-card.tsx";
import { Sound } from "./sound.tsx";
import { Visual } from "./visual.tsx";

/** The kinds that are more than words. */
export type RichKind = Extract<
  MessageContent,
  { kind: "media" | "location" | "contacts" | "form_reply" | "order" | "call_permission" | "other" }
>;

/** What a message shows besides words: files, places, people, orders. */
export function RichContent(props: {
  readonly content: RichKind;
  readonly files: readonly FileView[];
  readonly heard: boolean;
}): ReactNode {
  const { content, files, heard } = props;
  switch (content.kind) {
    case "media":
      return <Media content={content} files={files} heard={heard} />;
    case "location":
      return <LocationCard place={content} />;
    case "contacts":
      return <ContactCards cards={content.cards} />;
    case "form_reply":
      return <FormReply {...content} />;
    case "order":
      return <OrderCard order={content} />;
    case "call_permission":
      return <CallPermission {...content} />;
    case "other":
      return <OtherCard {...content} />;
  }
}

function Media(props: {
  readonly content: MediaContent;
  readonly files: readonly FileView[];
  readonly heard: boolean;
}): ReactNode {
  const { media, fileId, fileName, caption, voice } = props.content;
  const file = fileOf(props.files, fileId);
  return (
    <>
      {media === "audio" ? (
        <Sound file={file} voice={voice} heard={props.heard} />
      ) : media === "document" ? (
        <DocumentCard file={file} fileName={fileName} />
      ) : (
        <Visual file={file} media={media} caption={caption} />
      )}
      {caption ? (
        <p className="mt-1 inline-block max-w-64">
          <FormattedWords text={caption} />
        </p>
      ) : null}
    </>
  );
}
