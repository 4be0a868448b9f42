import type { StartersInput } from "@aparte/core/channel-input.ts";
import type { Presence } from "./presence-query.ts";

/** The fields of the starters' form: their number changes, so each is named by its place, as the API names it. */
export type StarterValues = Readonly<Record<string, string>>;
type Starters = Omit<StartersInput, "channelId">;

export function starterValues({ prompts, commands }: Presence["starters"]): StarterValues {
  return Object.fromEntries([
    ...prompts.map((prompt, place) => [`prompts.${place}`, prompt] as const),
    ...commands.flatMap(({ name, description }, place) => [
      [`commands.${place}.name`, name] as const,
      [`commands.${place}.description`, description] as const,
    ]),
  ]);
}

/** What the fields say, with empty ones. */
export function startersOf(values: StarterValues): Starters {
  const prompts = places(values, (place) => `prompts.${place}`).map((field) => values[field] ?? "");
  const commands = places(values, (place) => `commands.${place}.name`).map((field, place) => ({
    name: (values[field] ?? "").trim().replace(/^\//, "").toLowerCase(),
    description: values[`commands.${place}.description`] ?? "",
  }));
  return { prompts, commands };
}

function places(values: StarterValues, nameOf: (place: number) => string): string[] {
  return Object.keys(values)
    .map((_field, place) => nameOf(place))
    .filter((field) => field in values);
}
