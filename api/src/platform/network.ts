import { isIPv4, isIPv6 } from "node:net";

/**
 * The network of an address: enough to see that many requests come from one place, too little to name a household (/24 of IPv4,
 * /48 of IPv6). An address that is none stays unnamed.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return `${mapped.split(".").slice(0, 3).join(".")}.0/24`;
  const [bare = ""] = address.split("%");
  if (!isIPv6(bare)) return "unknown";
  const [before = "", after = ""] = bare.toLowerCase().split("::");
  const head = before === "" ? [] : before.split(":");
  // What "::" leaves out is zero; an IPv4 tail stands for two groups and is never among the first three.
  const groups = bare.includes("::")
    ? [...head, ...zeros(8 - head.length - groupsOf(after)), ...after.split(":")]
    : head;
  return `${groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":")}::/48`;
}

function groupsOf(text: string): number {
  return text === "" ? 0 : text.split(":").length + (text.includes(".") ? 1 : 0);
}

function zeros(count: number): string[] {
  return Array.from({ length: Math.max(count, 0) }, () => "0");
}
