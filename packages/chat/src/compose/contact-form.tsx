import type { ContactCard } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useState, type ReactNode } from "react";
import { ContentFrame, Line, type ContentFormProps } from "./content-frame.tsx";
import { useContentForm } from "./use-content-form.ts";

/** The card of a colleague or of someone else. */
export function ContactForm(props: ContentFormProps): ReactNode {
  const { t } = useWords();
  const [written, setWritten] = useState({ name: "", phone: "", email: "", organization: "" });
  const { name, phone, email, organization } = written;
  const card: ContactCard = {
    name: name.trim(),
    phones: phone.trim() === "" ? [] : [{ number: phone.trim(), label: null }],
    emails: email.trim() === "" ? [] : [{ email: email.trim(), label: null }],
    organization: organization.trim() || null,
    title: null,
    addresses: [],
    urls: [],
    birthday: null,
    requested: false,
  };
  const content = { kind: "contacts", cards: [card] } as const;
  const state = useContentForm(content, props.onSend);
  const line = (key: keyof typeof written) => ({
    value: written[key],
    onChange: (value: string) => setWritten({ ...written, [key]: value }),
  });
  return (
    <ContentFrame {...props} kind="contacts" content={content} state={state}>
      <Line label={t("content.field.name")} problem={state.problemOf("cards.0.name")} {...line("name")} />
      <Line label={t("contacts.phone")} type="tel" problem={undefined} {...line("phone")} />
      <Line label={t("contacts.email")} type="email" problem={undefined} {...line("email")} />
      <Line label={t("contacts.organization")} problem={undefined} {...line("organization")} />
    </ContentFrame>
  );
}
