/** A button of a template, as Meta stores it. */
export type TemplateButton = {
  type: "QUICK_REPLY" | "URL" | "PHONE_NUMBER" | "COPY_CODE";
  text: string;
  url?: string;
  phone_number?: string;
  example?: string[] | string;
};

/** A component of a template, as Meta stores it. */
export type TemplateComponent =
  | {
      type: "HEADER";
      format: "TEXT" | "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION";
      text?: string;
      example?: Record<string, unknown>;
    }
  | { type: "BODY"; text: string; example?: Record<string, unknown> }
  | { type: "FOOTER"; text: string }
  | { type: "BUTTONS"; buttons: TemplateButton[] };

export type TemplateCategory = "MARKETING" | "UTILITY" | "AUTHENTICATION";
export type TemplateStatus = "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED";

/** A template to begin with: what `GET /{WABA}/message_templates` shows. */
export type TemplateSeed = {
  id: string;
  name: string;
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  parameter_format: "NAMED" | "POSITIONAL";
  components: TemplateComponent[];
  rejected_reason?: string;
};
