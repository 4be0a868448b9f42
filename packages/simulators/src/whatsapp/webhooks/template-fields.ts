import { z } from "zod";

const words = z.string().min(1);
const optional = z.string().optional();
const quality = z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]);

const template = {
  message_template_id: z.int().positive(),
  message_template_name: words,
  message_template_language: z.string().regex(/^[a-z]{2,3}(?:[_-][A-Z]{2})?$/u),
};

/** Values of the fields about templates (Meta: webhooks reference, message template fields). */
export const TEMPLATE_FIELDS: Readonly<Record<string, z.ZodType>> = {
  message_template_status_update: z.looseObject({
    ...template,
    event: z.enum([
      "APPROVED",
      "ARCHIVED",
      "DELETED",
      "DISABLED",
      "FLAGGED",
      "IN_APPEAL",
      "LIMIT_EXCEEDED",
      "LOCKED",
      "PAUSED",
      "PENDING",
      "PENDING_DELETION",
      "REINSTATED",
      "REJECTED",
      "UNARCHIVED",
    ]),
    reason: z.string().nullable(),
    message_template_category: optional,
    disable_info: z.looseObject({ disable_date: z.union([z.string(), z.int()]) }).optional(),
    other_info: z.looseObject({ title: words, description: optional }).optional(),
    rejection_info: z.looseObject({ reason: optional, recommendation: optional }).optional(),
  }),
  message_template_quality_update: z.looseObject({
    ...template,
    previous_quality_score: quality,
    new_quality_score: quality,
  }),
  message_template_components_update: z.looseObject({
    ...template,
    message_template_element: words,
    message_template_title: optional,
    message_template_footer: optional,
    message_template_buttons: z
      .array(z.looseObject({ message_template_button_type: words, message_template_button_text: words }))
      .optional(),
  }),
  template_category_update: z.union([
    z.looseObject({
      ...template,
      correct_category: words,
      new_category: words,
      category_update_timestamp: z.int().optional(),
    }),
    z.looseObject({ ...template, previous_category: words, new_category: words }),
  ]),
};
