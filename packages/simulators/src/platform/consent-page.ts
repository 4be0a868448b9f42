import { createHash } from "node:crypto";
import { escapeHtml } from "./html.ts";

/** What a consent page says. All of it is text. */
export type ConsentPage = {
  title: string;
  heading: string;
  intro: string;
  /** What the app asks for: in words, and as its scope. */
  asked: readonly { label: string; scope: string }[];
  /** The parameters of the request: they come back with the decision. */
  query: Readonly<Record<string, string>>;
  approve: string;
  cancel: string;
};

const STYLE = `
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f3f5f8;color:#1f2a37;
font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:min(520px,calc(100vw - 32px));margin:32px 0;padding:32px;background:#fff;border:1px solid #d7dde5;border-radius:12px;
box-shadow:0 1px 2px #10203014,0 12px 32px #1020301a}
h1{margin:0 0 4px;font-size:22px;line-height:1.3}p{margin:0 0 20px;color:#475467}ul{margin:0 0 28px;padding:0;list-style:none;
border:1px solid #e4e8ee;border-radius:8px}li{padding:10px 14px;border-top:1px solid #e4e8ee}li:first-child{border-top:0}
code{display:block;color:#5b6675;font-size:13px}form{display:flex;gap:12px;justify-content:flex-end}
button{min-height:44px;padding:0 20px;border-radius:8px;border:1px solid #b7c0cc;background:#fff;color:#1f2a37;font:inherit;
font-weight:600;cursor:pointer}button[value=approve]{background:#1c5fb8;border-color:#1c5fb8;color:#fff}
button:focus-visible{outline:3px solid #8ab4f0;outline-offset:2px}`;

/** The content policy of both pages: they run nothing and load nothing but their own style. */
export const CONSENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
].join("; ");

/** The page on which a person lets an app in, or does not: it posts its query and a `decision`, `approve` or `cancel`. */
export function consentPage({ title, heading, intro, asked, query, approve, cancel }: ConsentPage): string {
  const rows = asked.map(({ label, scope }) => `<li>${escapeHtml(label)}<code>${escapeHtml(scope)}</code></li>`);
  const fields = Object.entries(query).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const button = (value: string, label: string) =>
    `<button name="decision" value="${value}">${escapeHtml(label)}</button>`;
  return page(
    title,
    `<h1>${escapeHtml(heading)}</h1><p>${escapeHtml(intro)}</p>
<ul>${rows.join("")}</ul>
<form method="post">${fields.join("")}${button("cancel", cancel)}${button("approve", approve)}</form>`,
  );
}

/** The page shown in its place when the request cannot be trusted. */
export function refusedConsentPage(reason: string): string {
  return page("Authorization failed", `<h1>Authorization failed</h1><p>${escapeHtml(reason)}</p>`);
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;
}

/** An address on this machine. Every one is taken for the app's, so that any client may be tried, until some are registered. */
const LOCAL_ADDRESS = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/[^#]*)?$/u;

/** Whether a redirect URI is one of the app's; `registered` null: none was named. */
export function isRedirectUri(uri: string, registered: readonly string[] | null): boolean {
  return registered?.includes(uri) ?? LOCAL_ADDRESS.test(uri);
}
