import fc from "fast-check";
import { expect, it } from "vitest";
import { answerHeaders } from "./answer-headers.ts";

const disposition = (mimeType: string, fileName: string | null) =>
  answerHeaders({ mimeType, fileName }, "show")["content-disposition"];

it("shows what cannot act and has everything else saved", () => {
  expect(answerHeaders({ mimeType: "audio/ogg; codecs=opus", fileName: null }, "show")).toMatchObject({
    "content-type": "audio/ogg",
    "content-disposition": expect.stringMatching(/^inline; filename="file\.ogg"/),
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
  });
  expect(disposition("application/pdf", "offer.pdf")).toMatch(/^inline/);
  expect(answerHeaders({ mimeType: "application/pdf", fileName: "offer.pdf" }, "download")["content-disposition"]).toBe(
    `attachment; filename="offer.pdf"; filename*=UTF-8''offer.pdf`,
  );
  for (const type of ["text/html", "image/svg+xml", "application/xml", "text/javascript", "", "nonsense"]) {
    expect(answerHeaders({ mimeType: type, fileName: "a.html" }, "show")).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": expect.stringMatching(/^attachment/),
    });
  }
});

it.each([
  ["image/jpeg", "photo.exe", "photo.exe.jpg"],
  ["image/jpeg", "PHOTO.JPEG", "PHOTO.JPEG"],
  ["text/plain", "../../etc/passwd", "_.._etc_passwd.txt"],
  ["text/plain", "page.html", "page.html.txt"],
  ["application/pdf", "gpj.\u202Efdp.exe", "gpj._fdp.exe.pdf"],
  ["application/octet-stream", "plan.dwg", "plan.dwg"],
  ["application/pdf", "...", "file.pdf"],
])("names a %s that was called %s %s", (mimeType, name, safe) => {
  expect(disposition(mimeType, name)).toContain(`filename*=UTF-8''${encodeURIComponent(safe)}`);
});

it("keeps accents and signs for those who can read them", () => {
  expect(disposition("application/pdf", "L’été (devis) 100%.pdf")).toBe(
    `inline; filename="L__t_ (devis) 100_.pdf"; filename*=UTF-8''L%E2%80%99%C3%A9t%C3%A9%20%28devis%29%20100%25.pdf`,
  );
});

it("never lets a name end the header or become a path", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("image/png", "text/plain", "x/y"),
      (name, type) => {
        const header = disposition(type, name) ?? "";
        expect(header).toMatch(/^(inline|attachment); filename="[ !#-[\]-~]{1,200}"; filename\*=UTF-8''[\w.!~%-]+$/);
        expect(decodeURIComponent(header.split("''")[1] ?? "")).not.toMatch(/[/\\\p{Cc}]|^\./u);
      },
    ),
  );
});
