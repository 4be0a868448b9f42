/**
 * The place to go back to after sign-in, as it stands in the address: only a path of this origin, so that no link can use
 * our sign-in as a springboard to another site. Anything else is the start page.
 */
export function safePath(wanted: unknown, origin: string): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return "/";
  const url = URL.parse(wanted, origin);
  // "/.//elsewhere" has our origin, but its path alone would be read as the name of another host.
  return url?.origin === origin && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}${url.hash}` : "/";
}
