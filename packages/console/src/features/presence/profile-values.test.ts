import { expect, test } from "vitest";
import { checkProfile, profileValues, type ProfileValues } from "./profile-values.ts";

const channelId = "5f0c1a9e-7d52-4a1c-9f61-2b8c1f6f0e11";
const values: ProfileValues = {
  about: "Mon–Fri, 9–18",
  description: "",
  address: "",
  email: "",
  "websites.0": "",
  "websites.1": "",
  kind: "RETAIL",
  photoFileId: "",
};

test("what was read can be sent back unchanged", async () => {
  const profile = {
    about: "Open",
    description: null,
    address: "1 rue de l’Été",
    email: null,
    websites: ["https://example.com/a?b=c"],
    vertical: "HOTEL",
    pictureUrl: null,
  };
  expect(await checkProfile(channelId, profileValues({ profile }))).toMatchObject({
    ok: true,
    input: {
      about: "Open",
      address: "1 rue de l’Été",
      email: "",
      websites: ["https://example.com/a?b=c"],
      kind: "HOTEL",
    },
  });
});

test("a website needs no https:// and may stand in either field", async () => {
  expect(await checkProfile(channelId, { ...values, "websites.1": " example.com " })).toMatchObject({
    input: { websites: ["https://example.com"], photoFileId: null },
  });
});

test.each<[string, Partial<ProfileValues>]>([
  ["about", { about: " " }],
  ["about", { about: "x".repeat(140) }],
  ["email", { email: "nobody" }],
  ["websites.0", { "websites.0": "two words" }],
  ["websites.1", { "websites.1": "ftp://example.com" }],
  ["websites.1", { "websites.0": "example.com", "websites.1": "two words" }],
])("%s is named when it does not fit", async (field, change) => {
  expect(await checkProfile(channelId, { ...values, ...change })).toEqual({ ok: false, invalid: [field] });
});
