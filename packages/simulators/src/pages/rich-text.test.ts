import { expect, it } from "vitest";
import type { RichNode } from "./hubspot/record-view.ts";
import { readRichText } from "./rich-text.ts";

/** Writes what was read in a form that is easy to compare. */
function write(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      const href = node.href === undefined ? "" : ` ${node.href}`;
      return `[${node.tag}${href}:${write(node.children)}]`;
    })
    .join("");
}

it.each([
  ["<p><b>Ana</b> 09:14<br>Hello</p>", "[p:[b:Ana] 09:14[br:]Hello]"],
  ["1 &lt; 2 &amp;&nbsp;3 &#128075; &#x41; &unknown;", "1 < 2 &\u00A03 \u{1F44B} A &unknown;"],
  ["a < b and c > d", "a < b and c > d"],
  ['<a href="https://x.example/?a=1&amp;b=2">link</a>', "[a https://x.example/?a=1&b=2:link]"],
  ["<P>upper<I>case</i></p>", "[p:upper[i:case]]"],
  ["<p>left <b>open</p>next", "[p:left [b:open]]next"],
  ["</p>closed before it was open", "closed before it was open"],
])("reads %s", (html, expected) => {
  expect(write(readRichText(html))).toBe(expected);
});

it.each([
  ["<script>alert(1)</script>x", "x"],
  ["<SCRIPT src=//evil.example></SCRIPT>x", "x"],
  ["<style>p{}</style><iframe src=//evil.example>y</iframe>x", "x"],
  ['<img src=x onerror="alert(1)">x', "x"],
  ['<p onclick="alert(1)" style="position:fixed">x</p>', "[p:x]"],
  ['<a href="javascript:alert(1)">x</a>', "[a:x]"],
  ['<a href=" JaVaScRiPt:alert(1)">x</a>', "[a:x]"],
  ['<a href="&#106;avascript:alert(1)">x</a>', "[a:x]"],
  ['<a href="javascript://x%0aalert(1)">x</a>', "[a:x]"],
  ['<a href="data:text/html,x">x</a>', "[a:x]"],
  ["<svg><a href='https://x.example'>x</a></svg>", "[a https://x.example:x]"],
  ["<!-- <p> --><p>x", "[p:x]"],
  ["<!-- never closed <script>", ""],
  ["&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"],
  ["<script>never closed <p>x</p>", ""],
])("makes %s harmless", (html, expected) => {
  expect(write(readRichText(html))).toBe(expected);
});
