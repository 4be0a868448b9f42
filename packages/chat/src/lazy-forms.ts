import { lazyPart } from "./lazy-part.tsx";

/** The forms in which messages and consents are made, apart from what the panel starts with. */
export const TemplateChoice = lazyPart(async () => (await import("./template-choice.tsx")).TemplateChoice);
export const TemplateForm = lazyPart(async () => (await import("./template-form.tsx")).TemplateForm);
export const AttachmentForm = lazyPart(async () => (await import("./compose/attachment-form.tsx")).AttachmentForm);
export const ContentForm = lazyPart(async () => (await import("./compose/content-form.tsx")).ContentForm);
export const BlockDialog = lazyPart(async () => (await import("./block-dialog.tsx")).BlockDialog);
export const ConsentSheet = lazyPart(async () => (await import("./consent/consent-sheet.tsx")).ConsentSheet);
export const ConsentNews = lazyPart(async () => (await import("./consent/consent-news.tsx")).ConsentNews);
export const ReviewNotice = lazyPart(async () => (await import("./consent/review-notice.tsx")).ReviewNotice);
export const OptOutNotice = lazyPart(async () => (await import("./consent/opt-out-notice.tsx")).OptOutNotice);
/** What stands where there is no conversation, or no server. */
export const ConnectionBar = lazyPart(async () => (await import("./connection-bar.tsx")).ConnectionBar);
export const PanelScreen = lazyPart(async () => (await import("./panel-screen.tsx")).PanelScreen);
/** What stands under a message that did not leave. */
export const FailureNote = lazyPart(async () => (await import("./failure-note.tsx")).FailureNote);
export const HeldNote = lazyPart(async () => (await import("./held-note.tsx")).HeldNote);
/** What stands around a conversation because of its record. */
export const Reasons = lazyPart(async () => (await import("./person/reasons.tsx")).Reasons);
export const CorrectionNotice = lazyPart(async () => (await import("./person/correction-notice.tsx")).CorrectionNotice);
export const RecordNotices = lazyPart(async () => (await import("./record-notices.tsx")).RecordNotices);
export const Everyone = lazyPart(async () => (await import("./thread/everyone.tsx")).Everyone);
