/** Where people sign in to Salesforce ("My Domain Login and Application URL Formats"). */
export type SignInPlace = "production" | "sandbox" | "own";

const sandboxes = "https://test.salesforce.com";
/** `acme`, or `acme--uat.sandbox` as it stands in the address of an org's pages. */
const bareDomain = /^[a-z0-9-]+(?:\.[a-z]+)?$/i;

/**
 * The address at which a person of this org signs in: null for everybody's own. A My Domain may be typed by its name or by
 * any address of the org; `undefined` when that is no address at all.
 */
export function loginUrlOf(place: SignInPlace, domain: string): string | null | undefined {
  if (place !== "own") return place === "sandbox" ? sandboxes : null;
  const typed = domain.trim();
  const address = bareDomain.test(typed) ? `${typed}.my.salesforce.com` : typed;
  const url = URL.parse(address.includes("://") ? address : `https://${address}`);
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
