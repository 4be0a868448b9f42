/**
 * The content policy of the pages, as strict as a CRM could be: no frames, no scripts and no styles but its own. What an
 * extension adds has to work under it.
 */
export const PAGE_POLICY = [
  "default-src 'self'",
  "frame-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
].join("; ");

/** The document that every address gets; which record or list it shows is decided in the browser, by the address. */
export const SHELL_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CRM</title>
<link rel="icon" href="/_pages/icon.svg">
<link rel="stylesheet" href="/_pages/frame.css">
<link rel="stylesheet" href="/_pages/record.css">
<script type="module" src="/_pages/main.js"></script>
</head>
<body><div id="app"></div></body>
</html>
`;
