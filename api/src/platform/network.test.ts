import fc from "fast-check";
import { expect, it } from "vitest";
import { networkOf } from "./network.ts";

it.each([
  ["192.0.2.77", "192.0.2.0/24"],
  ["::ffff:192.0.2.77", "192.0.2.0/24"],
  ["2001:db8:7:1::9", "2001:db8:7::/48"],
  ["2001:0DB8:0007::", "2001:db8:7::/48"],
  ["2001:db8::1", "2001:db8:0::/48"],
  ["::1", "0:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["not an address", "unknown"],
  ["", "unknown"],
])("%s is of %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it("tells nothing of the rest of an address", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(255), (address, last) => {
      expect(networkOf(address.replace(/\d+$/, String(last)))).toBe(networkOf(address));
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(networkOf(address)).toMatch(/^([\da-f]{1,4}:){3}:\/48$|^\d+\.\d+\.\d+\.0\/24$/);
    }),
  );
});
