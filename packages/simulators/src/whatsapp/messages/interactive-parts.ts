import { z } from "zod";

/** What headers, bodies and buttons of interactive messages have in common (Meta: interactive object). */
export const words = (max: number) => z.strictObject({ text: z.string().min(1).max(max) });
export const body = words(1024);
export const footer = words(60).optional();
export const url = z.string().refine(isWebAddress, "must be a valid URL");

const source = { id: z.string().optional(), link: url.optional() };
export const textHeader = z.strictObject({
  type: z.literal("text"),
  text: z.string().min(1).max(60),
  sub_text: z.string().max(60).optional(),
});
const imageHeader = z.strictObject({ type: z.literal("image"), image: z.strictObject(source) });
const videoHeader = z.strictObject({ type: z.literal("video"), video: z.strictObject(source) });
const documentHeader = z.strictObject({
  type: z.literal("document"),
  document: z.strictObject({ ...source, filename: z.string().max(240).optional() }),
});
export const anyHeader = z.discriminatedUnion("type", [textHeader, imageHeader, videoHeader, documentHeader]);
export const pictureHeader = z.discriminatedUnion("type", [imageHeader, videoHeader]);

/** A list of buttons with ids and titles of their own. */
export const uniqueButtons = <B>(button: z.ZodType<B>, of: (one: B) => { id: string; title: string }) =>
  z
    .array(button)
    .min(1)
    .max(3)
    .refine((all) => isUnique(all.map((one) => of(one).id)), "has a duplicated button id")
    .refine((all) => isUnique(all.map((one) => of(one).title)), "has a duplicated button title");

export const replyFacts = z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) });
export const ctaUrl = z.strictObject({
  name: z.literal("cta_url"),
  parameters: z.strictObject({ display_text: z.string().min(1).max(20), url }),
});

/** Sections of a list: a title for each where there are several. */
export function sections<S extends { title?: string | undefined }>(section: z.ZodType<S>) {
  return z
    .array(section)
    .min(1)
    .max(10)
    .refine((all) => all.length === 1 || all.every(({ title }) => title), "needs a title in each of several sections");
}

export function isUnique(values: string[]): boolean {
  return new Set(values).size === values.length;
}

/** Whether a text is an address of the web. */
export function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:/u.test(value);
}
