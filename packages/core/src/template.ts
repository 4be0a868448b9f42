/** A message template as Meta describes it (message_templates edge), reduced to what sending and showing need. */
export const templateStatuses = [
  "APPROVED",
  "PENDING",
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "IN_APPEAL",
  "PENDING_DELETION",
  "DELETED",
  "LIMIT_EXCEEDED",
  "ARCHIVED",
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export const templateCategories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

export type TemplateButton =
  | { readonly type: "quick_reply"; readonly text: string }
  | { readonly type: "url"; readonly text: string; readonly url: string }
  | { readonly type: "phone_number"; readonly text: string; readonly phone: string }
  | { readonly type: "copy_code"; readonly text: string }
  /** Opens a form; a send may leave its first screen to Meta. */
  | { readonly type: "flow"; readonly text: string }
  | { readonly type: "other"; readonly text: string; readonly wire: string };

/** The kinds of header that show a file or a place, in Meta's words. */
export const headerMediaKinds = ["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"] as const;
export type HeaderMedia = (typeof headerMediaKinds)[number];

/** One card of a carousel. All cards of a template have the same parts. */
export type TemplateCard = {
  readonly headerMedia: "IMAGE" | "VIDEO";
  readonly body: string | null;
  readonly buttons: readonly TemplateButton[];
};

export type TemplateShape = {
  /** Text of a text header; null without one or with a media header. */
  readonly header: string | null;
  /** Kind of a media header, in Meta's words. */
  readonly headerMedia: HeaderMedia | null;
  /** Limited-time offer: its title, and whether each send says when it ends. */
  readonly offer: { readonly text: string; readonly expires: boolean } | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly TemplateButton[];
  /** Cards of a carousel, 2 to 10; empty without one. */
  readonly cards: readonly TemplateCard[];
  readonly parameterFormat: "NAMED" | "POSITIONAL";
  /** Sample values given for review, by variable key. */
  readonly examples: Readonly<Record<string, string>>;
};

export type TemplateView = {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly rejectedReason: string | null;
  readonly shape: TemplateShape;
  /** Parts that Meta wants filled and that cannot be filled here: "BUTTON:MPM". Empty for most templates. */
  readonly unsupported: readonly string[];
};

/** A place on the map, as a location header sends it. */
export type PlaceValue = {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string;
  readonly address: string;
};

/** One card of a carousel as the phone shows it. */
export type BubbleCard = {
  readonly headerMedia: TemplateCard["headerMedia"];
  readonly headerFile: string | null;
  readonly body: string | null;
  readonly buttons: Bubble["buttons"];
};

/** What will be seen on the phone. */
export type Bubble = {
  readonly header: string | null;
  readonly headerMedia: HeaderMedia | null;
  /** Id of the file in a media header. */
  readonly headerFile: string | null;
  readonly headerLocation: PlaceValue | null;
  /** `endsAt` in ISO 8601. */
  readonly offer: { readonly text: string; readonly endsAt: string | null } | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly { readonly text: string; readonly url: string | null }[];
  readonly cards: readonly BubbleCard[];
};
