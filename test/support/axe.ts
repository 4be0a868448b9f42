import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};

/**
 * What axe finds wrong with a document, by its rules; empty when nothing is. It runs inside the document, because the
 * panel's frame stands in a closed shadow root, into which nobody looks from the page.
 */
export async function axeViolations(where: Frame | Page): Promise<string[]> {
  if (!(await where.evaluate(() => "axe" in globalThis))) await where.evaluate(axe.source);
  return where.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    // What is still fading in has colours that nobody reads by: it ends at once.
    const endTime = ({ effect }: Animation): number => Number(effect?.getComputedTiming().endTime);
    for (const animation of document.getAnimations()) if (Number.isFinite(endTime(animation))) animation.finish();
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id} at ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join(" ")}`,
    );
  });
}
