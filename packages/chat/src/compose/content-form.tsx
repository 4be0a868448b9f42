import type { ReactNode } from "react";
import type { FormKind } from "./attach-menu.tsx";
import { ContactForm } from "./contact-form.tsx";
import type { ContentFormProps } from "./content-frame.tsx";
import { LocationForm } from "./location-form.tsx";
import { QuestionForm } from "./question-form.tsx";

/** Writes one message of a kind that has a form of its own. */
export function ContentForm(props: ContentFormProps & { readonly kind: FormKind }): ReactNode {
  const { kind, ...rest } = props;
  switch (kind) {
    case "location":
      return <LocationForm {...rest} />;
    case "contacts":
      return <ContactForm {...rest} />;
    case "buttons":
    case "list":
    case "link":
    case "location_request":
    case "contact_request":
      return <QuestionForm {...rest} kind={kind} />;
  }
}
