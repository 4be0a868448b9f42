import { lazyPart } from "../lazy-part.tsx";

/** What not every conversation holds, apart from what the panel starts with. */
export const RichContent = lazyPart(async () => (await import("./rich-content.tsx")).RichContent);
export const InteractiveView = lazyPart(async () => (await import("./interactive-view.tsx")).InteractiveView);
export const TemplateMedia = lazyPart(async () => (await import("./template-parts.tsx")).TemplateMedia);
export const TemplateCards = lazyPart(async () => (await import("./template-parts.tsx")).TemplateCards);
export const Offer = lazyPart(async () => (await import("./template-parts.tsx")).Offer);
export const ContextMarks = lazyPart(async () => (await import("./context-marks.tsx")).ContextMarks);
export const ReactionPicker = lazyPart(async () => (await import("./reaction-picker.tsx")).ReactionPicker);
