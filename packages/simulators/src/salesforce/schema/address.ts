import { longText, text } from "./field.ts";
import type { Field } from "./field.ts";

/** The fields of a postal address, such as `MailingStreet`, `MailingCity`, … */
export function address(prefix: string): Field[] {
  return [
    longText(`${prefix}Street`, 255),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80),
    text(`${prefix}PostalCode`, 20),
    text(`${prefix}Country`, 80),
  ];
}
