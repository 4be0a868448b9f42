import { filesOf, plainText } from "@aparte/core/message-content.ts";
import type { MessageState, MessageView } from "@aparte/core/message.ts";
import type { LogContent, LogSubject, LogWords } from "./log-entry.ts";
import { ellipsis, textAsHtml, textAsLine, textAsPlain } from "./plain.ts";

/** An entry in the forms that CRMs show: `title` is one line; `html` and `text` say the same. */
export type RenderedLog = { readonly title: string; readonly html: string; readonly text: string };

/** The longest body in HTML, in UTF-16 units: HubSpot documents 65,536 for notes, and we stay clear of it. */
export const maxHtmlLength = 60_000;
/** The longest body in plain text: Salesforce ends a task's description at 32,000. */
export const maxTextLength = 32_000;
/** The longest title: Salesforce ends a task's subject at 255. */
const maxTitleLength = 250;

const maxNameLength = 300;
const maxSentenceLength = 600;

/**
 * How a form writes the parts of an entry. Everything that comes from people goes through `text`, which shows it as text
 * whatever it contains.
 */
type Form = {
  readonly maxLength: number;
  /** The longest single message: one cannot push all others out of the entry. */
  readonly maxMessage: number;
  readonly text: (text: string, limit: number) => string;
  readonly strong: (written: string) => string;
  readonly line: (written: string) => string;
  readonly link: (url: string) => string;
  readonly lineBreak: string;
};

/** The few tags that HubSpot keeps. */
const htmlForm: Form = {
  maxLength: maxHtmlLength,
  maxMessage: 20_000,
  text: textAsHtml,
  strong: (written) => `<b>${written}</b>`,
  line: (written) => `<p>${written}</p>`,
  link: (url) => `<a href="${textAsHtml(url, maxSentenceLength)}">${textAsHtml(url, maxSentenceLength)}</a>`,
  lineBreak: "<br>",
};

const textForm: Form = {
  maxLength: maxTextLength,
  maxMessage: 10_000,
  text: textAsPlain,
  strong: (written) => written,
  line: (written) => `${written}\n`,
  link: (url) => textAsPlain(url, maxSentenceLength),
  lineBreak: "\n  ",
};

/**
 * An entry as it should stand in the CRM: the same for the same content. What does not fit is left out from the oldest
 * message on and a sentence says so, because the news is at the end.
 */
export function renderLog(content: LogContent): RenderedLog {
  const title = textAsLine(titleOf(content), maxTitleLength);
  return { title, html: bodyIn(htmlForm, content, title), text: bodyIn(textForm, content, title) };
}

function titleOf({ subject, contactName: contact, words }: LogContent): string {
  if (subject.kind === "consent") {
    const purposes = subject.entries.map(({ purpose }) => words.purpose(purpose)).join(", ");
    return words.consentTitle({ contact, purposes, action: subject.entries[0]?.action ?? "withdrawn" });
  }
  const last = subject.messages.at(-1)?.direction ?? "in";
  return subject.kind === "message"
    ? words.messageTitle({ contact, direction: last })
    : words.title({ contact, count: subject.messages.length, last });
}

function bodyIn(form: Form, content: LogContent, title: string): string {
  const { subject, words } = content;
  const head = form.line(form.strong(form.text(title, maxSentenceLength)));
  if (subject.kind === "consent") return head + consentLines(form, content, subject).join("");
  const paragraphs = subject.messages.map(paragraphWriter(form, content));
  const shown = newestThatFit(paragraphs, form.maxLength - head.length - maxSentenceLength);
  const leftOut = paragraphs.length - shown.length;
  const notice = leftOut === 0 ? "" : form.line(form.text(words.earlierLeftOut({ count: leftOut }), 500));
  const lines = shown.map(({ day, line }, index) => (day === shown[index - 1]?.day ? line : day + line));
  return head + notice + lines.join("");
}

/** The proof: what was agreed to or withdrawn, when and how, in which words, and who wrote it down. */
function consentLines(
  form: Form,
  { words, timeZone }: LogContent,
  { entries, recordedBy }: Extract<LogSubject, { kind: "consent" }>,
): string[] {
  const [entry] = entries;
  if (entry === undefined) throw new Error("An entry about no consent.");
  const when = new Intl.DateTimeFormat(words.locale, { dateStyle: "full", timeStyle: "short", timeZone });
  const facts: readonly (readonly [keyof LogWords["consentLabels"], string | null])[] = [
    ["when", when.format(Date.parse(entry.occurredAt))],
    ["how", words.method(entry.method)],
    ["wording", entry.wording],
    ["recordedBy", recordedBy],
  ];
  return facts.flatMap(([label, value]) => {
    if (value === null) return [];
    return form.line(`${form.strong(form.text(words.consentLabels[label], maxNameLength))} ${form.text(value, 5000)}`);
  });
}

/** A message as a line, and the day under which it stands. */
type Paragraph = { readonly day: string; readonly line: string };

function newestThatFit(paragraphs: readonly Paragraph[], room: number): readonly Paragraph[] {
  let used = 0;
  let below: Paragraph | null = null;
  for (const [index, paragraph] of [...paragraphs.entries()].toReversed()) {
    used += paragraph.line.length + (paragraph.day === below?.day ? 0 : paragraph.day.length);
    if (used > room) return paragraphs.slice(index + 1);
    below = paragraph;
  }
  return paragraphs;
}

function paragraphWriter(form: Form, content: LogContent): (message: MessageView) => Paragraph {
  const { words, timeZone, contactName, businessName, fileUrl } = content;
  const days = new Intl.DateTimeFormat(words.locale, { dateStyle: "full", timeZone });
  const times = new Intl.DateTimeFormat(words.locale, { timeStyle: "short", timeZone });
  return (message) => {
    const at = Date.parse(message.at);
    const sender = message.direction === "in" ? contactName : (message.author ?? businessName);
    const said = form.text(plainText(message.content), form.maxMessage);
    const after = [
      ...(isCut(said, message) ? [form.text(words.restLeftOut, maxSentenceLength)] : []),
      ...filesOf(message.content).map((fileId) => form.link(fileUrl(fileId))),
    ];
    const name = form.strong(form.text(sender, maxNameLength));
    const time = form.text(times.format(at), maxNameLength);
    return {
      day: form.line(form.strong(form.text(days.format(at), maxNameLength))),
      line: form.line([`${time} ${name}: ${said}${markOf(form, message, words)}`, ...after].join(form.lineBreak)),
    };
  };
}

/** The ellipsis may stand before the mark that ends a stretch from right to left. */
function isCut(said: string, { content }: MessageView): boolean {
  return said.slice(-2).includes(ellipsis) && !plainText(content).endsWith(ellipsis);
}

function markOf(form: Form, message: MessageView, words: LogWords): string {
  const marks: Partial<Record<MessageState, string>> = { failed: words.notDelivered, unconfirmed: words.unconfirmed };
  const mark = marks[message.state];
  return mark === undefined ? "" : ` ${form.strong(`(${form.text(mark, maxNameLength)})`)}`;
}
