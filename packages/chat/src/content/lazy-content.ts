import { lazy, type ComponentType } from "react";

/**
 * What not every conversation holds, apart from what the panel starts with: fetched when a message needs it, else after the
 * start (`warmParts`), so that a message that arrives later finds it there.
 */
export const RichContent = part(async () => (await import("./rich-content.tsx")).RichContent);
export const InteractiveView = part(async () => (await import("./interactive-view.tsx")).InteractiveView);
export const TemplateMedia = part(async () => (await import("./template-parts.tsx")).TemplateMedia);
export const TemplateCards = part(async () => (await import("./template-parts.tsx")).TemplateCards);
export const Offer = part(async () => (await import("./template-parts.tsx")).Offer);
export const ContextMarks = part(async () => (await import("./context-marks.tsx")).ContextMarks);

function part<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}
