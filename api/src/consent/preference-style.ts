import { createHash } from "node:crypto";

/** The look of pages without scripts: the product's colours (packages/ui/src/tokens.css; a test compares), one column, system fonts. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f0f2f5, #0b141a);
  --card: light-dark(#ffffff, #202c33);
  --text: light-dark(#111b21, #e9edef);
  --muted: light-dark(#54656f, #c3ced4);
  --line: light-dark(#cdd5db, #37464f);
  --edge: light-dark(#84929a, #8696a0);
  --brand: light-dark(#00725c, #21c063);
  --on-brand: light-dark(#ffffff, #04210f);
  --live: light-dark(#1b8748, #21c063);
  --error: light-dark(#b3261e, #ffb4ab);
  --warning: light-dark(#fff3d6, #3a2f12);
  --on-warning: light-dark(#7a4f00, #ffd479);
  --focus: light-dark(#0b57d0, #a8c7fa);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: 24px 16px 40px;
  font: 16px/24px system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
  color: var(--text);
  background: var(--page);
  overflow-wrap: anywhere;
}
main, footer { max-width: 36rem; margin: 0 auto; }
h1 { margin: 4px 0 8px; font-size: 24px; line-height: 32px; }
h2 { margin: 28px 0 8px; font-size: 18px; }
h3 { margin: 0; font-size: 16px; }
p { margin: 0 0 8px; }
.firm { color: var(--brand); font-weight: 600; }
.lines { white-space: pre-line; }
.muted { color: var(--muted); font-size: 14px; line-height: 20px; }
ul { list-style: none; margin: 0; padding: 0; }
.purposes { display: grid; gap: 12px; }
.card { padding: 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 12px; margin-bottom: 8px; }
.state { display: inline-flex; align-items: center; gap: 6px; font-size: 14px; }
.state::before { content: ""; width: 10px; height: 10px; border: 1px solid transparent; border-radius: 50%; background: var(--edge); }
.state.allowed::before { background: var(--live); }
.state.stopped::before { background: var(--error); }
.agree { margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
.notice { margin: 16px 0; padding: 12px 16px; border-radius: 10px; color: var(--on-warning); background: var(--warning); }
.notice p:last-child { margin: 0; }
.saved { color: var(--text); background: var(--card); border: 2px solid var(--live); }
button {
  width: 100%;
  min-height: 48px;
  padding: 10px 16px;
  border: 1px solid var(--edge);
  border-radius: 10px;
  font: inherit;
  font-weight: 600;
  color: var(--text);
  background: var(--card);
  cursor: pointer;
}
button.main { border-color: var(--brand); color: var(--on-brand); background: var(--brand); }
button:hover, a:hover { text-decoration: underline; }
a { color: inherit; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: none; }
footer { margin-top: 28px; padding-top: 16px; border-top: 1px solid var(--line); }
footer ul { display: flex; gap: 16px; }
footer li a, footer li span { display: inline-block; padding: 8px 0; }
`;

/** The page's content policy: its own style by hash, its own forms, and nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
