import { Fragment, type ReactNode } from "react";
import { parseFormatting, type FormattedNode } from "./formatted-text.ts";

/** From here on, characters of the private use area stand for `slots` inside a text: U+E000 is the first. */
export const slotBase = 0xe000;

/** Draws a text with WhatsApp's formatting. `slots` put something drawn in place of their character. */
export function Formatted(props: { readonly text: string; readonly slots?: readonly ReactNode[] }): ReactNode {
  return draw(parseFormatting(props.text), props.slots ?? []);
}

/** A text that stands for itself: its lines as they were written. */
export function FormattedWords({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="wrap-anywhere whitespace-pre-wrap">
      <Formatted text={text} />
    </span>
  );
}

function draw(nodes: readonly FormattedNode[], slots: readonly ReactNode[]): ReactNode {
  // The tree is drawn from text alone, so a place in it is the only identity a node has.
  return nodes.map((node, index) => <Fragment key={String(index)}>{drawNode(node, slots)}</Fragment>);
}

function drawNode(node: FormattedNode, slots: readonly ReactNode[]): ReactNode {
  switch (node.kind) {
    case "text":
      return fillSlots(node.text, slots);
    case "code":
      return <code className="font-mono text-sm">{fillSlots(node.text, slots)}</code>;
    case "link":
      // An address with a hole in it leads nowhere yet.
      return slots.length > 0 ? (
        <span className="text-read underline">{fillSlots(node.text, slots)}</span>
      ) : (
        <a className="text-read underline" href={node.text} target="_blank" rel="noreferrer">
          {node.text}
        </a>
      );
    case "bold":
      return <strong>{draw(node.inside, slots)}</strong>;
    case "italic":
      return <em>{draw(node.inside, slots)}</em>;
    case "strike":
      return <s>{draw(node.inside, slots)}</s>;
  }
}

function fillSlots(text: string, slots: readonly ReactNode[]): ReactNode {
  if (slots.length === 0) return text;
  return Array.from(text, (character, index) => {
    const slot = slots[character.charCodeAt(0) - slotBase];
    return slot === undefined ? character : <Fragment key={String(index)}>{slot}</Fragment>;
  });
}
