import { businessKinds } from "@aparte/core/presence.ts";
import { checkInput, type Checked } from "../../platform/check-input.ts";
import type { ProfileInput } from "@aparte/core/channel-input.ts";
import type { Presence } from "./presence-query.ts";

/** The fields of the profile's form. Places of a list are named as the API names them when they do not fit. */
export type ProfileField =
  | "about"
  | "description"
  | "address"
  | "email"
  | "websites.0"
  | "websites.1"
  | "kind"
  | "photoFileId";
export type ProfileValues = Readonly<Record<ProfileField, string>>;

export const websiteFields = ["websites.0", "websites.1"] as const;

export function profileValues({ profile }: Pick<Presence, "profile">): ProfileValues {
  const [first = "", second = ""] = profile.websites;
  return {
    about: profile.about ?? "",
    description: profile.description ?? "",
    address: profile.address ?? "",
    email: profile.email ?? "",
    "websites.0": first,
    "websites.1": second,
    kind: businessKinds.find((kind) => kind === profile.vertical) ?? "OTHER",
    photoFileId: "",
  };
}

/** What is typed without a scheme is meant as a page of the web. */
export function websitesOf(values: ProfileValues): string[] {
  return websiteFields
    .map((field) => values[field].trim())
    .filter((address) => address !== "")
    .map((address) => (/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`));
}

/** Checks the form; empty places of the list are left out, so a complaint is brought back to the field it is about. */
export async function checkProfile(channelId: string, values: ProfileValues): Promise<Checked<ProfileInput>> {
  const { about, description, address, email, kind, photoFileId } = values;
  const checked = await checkInput("profileInput", {
    channelId,
    about,
    description,
    address,
    email,
    kind,
    websites: websitesOf(values),
    photoFileId: photoFileId === "" ? null : photoFileId,
  });
  if (checked.ok) return checked;
  const given = websiteFields.filter((field) => values[field].trim() !== "");
  const named = (field: string): string =>
    field.startsWith("websites.") ? (given[Number(field.slice(9))] ?? field) : field;
  return { ok: false, invalid: checked.invalid.map(named) };
}
