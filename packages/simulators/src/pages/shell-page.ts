/**
 * The content policy of the pages, as strict as a CRM could be: no frames, no scripts and no styles but its own. What an
 * extension adds has to work under it.
 */
export const PAGE_POLICY = [
  "default-src 'self'",
  "frame-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
].join("; ");

/** What a CRM's document loads, all from one folder of `/_pages/`, which also has its `icon.svg`. */
export type Shell = { folder: string; styles: readonly string[]; script: string; body?: string };

const EMPTY_BODY = '<body><div id="app"></div></body>';

/** The document that every address of a CRM gets; which record or list it shows is decided in the browser, by the address. */
export function shellPage({ folder, styles, script, body = EMPTY_BODY }: Shell): string {
  const links = styles.map((name) => `<link rel="stylesheet" href="/_pages/${folder}/${name}">`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CRM</title>
<link rel="icon" href="/_pages/${folder}/icon.svg">
${links.join("\n")}
<script type="module" src="/_pages/${folder}/${script}"></script>
</head>
${body}
</html>
`;
}
