import type { ChannelView } from "@aparte/core/record-view.ts";
import type { Mood } from "../../layout/state-label.tsx";

/** How good the news of a number's quality is. */
export const qualityMoods: Readonly<Record<ChannelView["qualityRating"], Mood>> = {
  GREEN: "good",
  YELLOW: "waiting",
  RED: "bad",
  UNKNOWN: "neutral",
};
