import { expect, test } from "vitest";
import { readCoordinates } from "./coordinates.ts";

test.each([
  ["48.8584, 2.2945", 48.8584, 2.2945],
  [" -33.8688;151.2093 ", -33.8688, 151.2093],
  ["https://www.openstreetmap.org/?mlat=48.8584&mlon=2.2945#map=16/48.85/2.29", 48.8584, 2.2945],
  ["https://www.openstreetmap.org/#map=16/48.8584/-2.2945", 48.8584, -2.2945],
  ["https://www.google.com/maps/place/X/@48.1,2.1,17z/data=!3m1!4b1!8m2!3d48.8584!4d2.2945", 48.8584, 2.2945],
  ["https://www.google.com/maps?q=48.8584,2.2945", 48.8584, 2.2945],
  ["https://maps.apple.com/?ll=48.8584%2C2.2945&q=Tour", 48.8584, 2.2945],
])("a place is read from %j", (text, latitude, longitude) => {
  expect(readCoordinates(text)).toEqual({ latitude, longitude });
});

test.each(["", "Tour Eiffel", "48.8584", "https://example.com", "1, 2, 3"])("no place is read from %j", (text) => {
  expect(readCoordinates(text)).toBeNull();
});
