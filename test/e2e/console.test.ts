import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence } from "../support/browser.ts";
import { barriers, openWindow, startNewServer, type NewServer } from "../support/console.ts";
import { focused, pressUntil, waitForFocus } from "../support/panel.ts";
import { post } from "../support/world.ts";

const password = "a password of 15 or more";
const ada = { name: "Ada Admin", email: "ada@acme.test" };
const rita = { name: "Rita Rep", email: "rita@acme.test" };

let server: NewServer;
let page: Page;
let blocked: string[];

beforeAll(async () => {
  server = await startNewServer();
  ({ page, blocked } = await openWindow(server.browser));
});
afterAll(() => server?.close());
keepEvidence(() => page?.context());

/** From an empty server to a team at work, in this order. */
describe("the console", () => {
  it("leads the first person of a new server through set-up, by keyboard", async () => {
    await page.goto(`${server.origin}/`);
    await page.getByRole("heading", { name: "Create your workspace" }).waitFor();
    await pressUntil(page, page, ["Tab", "Create workspace"]);
    await page.keyboard.press("Enter");
    await page.getByText("Fill this in.").first().waitFor();
    expect(await focused(page)).toBe("Set-up code");
    expect(await barriers(page)).toEqual([]);
    const typed = ["not the code", "Acme", ada.name, ada.email, password];
    for (const [index, field] of [
      "Set-up code",
      "Name of the workspace",
      "Your name",
      "E-mail",
      "Password",
    ].entries()) {
      await pressUntil(page, page, ["Tab", field]);
      await page.keyboard.type(typed[index] ?? "");
    }
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The set-up code is not right.").waitFor();
    await page.getByLabel("Set-up code").fill(server.app.setupToken);
    await page.keyboard.press("Enter");
    await waitForFocus(page, "H1");
    expect(await page.title()).toBe("Overview · Aparté");
    expect(await barriers(page)).toEqual([]);
  });

  it("connects a number and says what Meta does not accept", async () => {
    const { waba_id, phone_number_id, access_token, expired_access_token } = server.whatsapp.identity;
    await enterNumber({ account: "12 34", number: phone_number_id, token: access_token });
    await page.getByText("digits only").waitFor();
    expect(await focused(page)).toBe("WhatsApp Business account ID");
    await enterNumber({ account: waba_id, number: phone_number_id, token: expired_access_token });
    await page.getByRole("alert").getByText("Meta does not accept this access token.").waitFor();
    await enterNumber({ account: waba_id, number: "999999999999", token: access_token });
    await page.getByRole("alert").getByText("does not belong to the WhatsApp account").waitFor();
    // What is pasted often brings spaces along.
    await enterNumber({ account: ` ${waba_id} `, number: phone_number_id, token: access_token });
    await page.getByText("Can send and receive").waitFor();
    await waitForFocus(page, "H2");
    expect(await barriers(page)).toEqual([]);
  });

  it("connects HubSpot, reports a no, and asks before it disconnects", async () => {
    await page.getByRole("button", { name: "Connect HubSpot" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("The CRM did not complete the connection.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("The CRM did not complete").waitFor({ state: "detached" });
    expect(page.url()).toBe(`${server.origin}/`);
    await connectHubSpot("Connect HubSpot");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Disconnect" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("What was copied stays").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await focused(page)).toBe("Disconnect");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Disconnect" }).click();
    await page.getByText("An administrator disconnected this account.").waitFor();
    await waitForFocus(page, "H2");
    await connectHubSpot("Reconnect");
  });

  it("brings the templates of the number, in all languages", async () => {
    await page.getByRole("link", { name: "Templates" }).click();
    await page.getByLabel("Search templates").pressSequentially("quote");
    await page.waitForURL(`${server.origin}/templates?search=quote`);
    await page.getByRole("group", { name: "Language" }).getByRole("button", { name: "French" }).click();
    await page.getByRole("region", { name: "Preview" }).getByText("Bonjour").waitFor();
    await page.reload();
    await page.getByRole("region", { name: "Preview" }).getByText("Bonjour").waitFor();
    await page.getByRole("button", { name: "Sync now" }).click();
    await page.getByText("versions fetched").waitFor();
    await page.getByRole("link", { name: "People" }).click();
  });

  it("adds a person, who sees what a rep may see", async () => {
    await page.getByRole("button", { name: "Add person" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("First password").inputValue()).toMatch(/^[a-z2-9-]{23}$/);
    await dialog.getByLabel("Name").fill(rita.name);
    await dialog.getByLabel("E-mail").fill(ada.email);
    await dialog.getByLabel("First password").fill(password);
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("Someone already uses this e-mail address.").waitFor();
    await dialog.getByLabel("E-mail").fill(rita.email);
    await page.keyboard.press("Enter");
    await page.getByText("Rita Rep can sign in now.").waitFor();
    const { page: hers } = await openWindow(server.browser);
    await hers.goto(`${server.origin}/#people`);
    await signIn(hers, rita.email);
    await hers.getByText("Managers and administrators see here who works").waitFor();
    expect(hers.url()).toBe(`${server.origin}/#people`);
    for (const name of ["Refresh", "Disconnect", "Add person"])
      expect(await hers.getByRole("button", { name }).count()).toBe(0);
    expect(await barriers(hers)).toEqual([]);
    await hers.getByRole("link", { name: "Templates" }).click();
    await hers.getByRole("table").waitFor();
    expect(await hers.getByRole("button", { name: "Sync now" }).count()).toBe(0);
    expect(await hers.getByRole("link", { name: "New template" }).count()).toBe(0);
    await hers.goto(`${server.origin}/templates/write`);
    await hers.getByRole("alert").getByText("Your role does not allow this.").waitFor();
    await hers.context().close();
  });

  it("tells nobody who has an account, and leads to no other site", async () => {
    const { page: stranger } = await openWindow(server.browser);
    await stranger.goto(`${server.origin}/sign-in?back=//elsewhere.test`);
    const answers: string[] = [];
    for (const email of [ada.email, "nobody@acme.test"]) {
      await signIn(stranger, email, "another password altogether");
      answers.push(await stranger.getByRole("alert").innerText());
      await stranger.reload();
      await stranger.getByRole("heading", { name: "Sign in" }).waitFor();
    }
    expect(new Set(answers)).toEqual(new Set(["E-mail or password is not right."]));
    expect(await barriers(stranger)).toEqual([]);
    await signIn(stranger, rita.email);
    await stranger.getByRole("heading", { name: "Overview" }).waitFor();
    expect(stranger.url()).toBe(`${server.origin}/`);
    await stranger.context().close();
  });

  it("connects a browser only when its person says so", async () => {
    const asked = await askForCode();
    await page.goto(asked.verification_uri_complete);
    await page.getByText(ada.email).waitFor();
    await page.getByText(asked.user_code.replace(/^(.{4})/, "$1-")).waitFor();
    expect(await barriers(page)).toEqual([]);
    const { page: hers } = await openWindow(server.browser);
    await hers.goto(asked.verification_uri_complete);
    await signIn(hers, rita.email);
    await hers.getByText("This request belongs to someone else.").waitFor();
    await hers.context().close();
    await page.getByRole("button", { name: "Not me" }).click();
    await page.getByText("Nothing was connected.").waitFor();
    await page.goto((await askForCode()).verification_uri_complete);
    await page.getByRole("button", { name: "Connect this browser" }).click();
    await page.getByText("You can close this tab").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("speaks French and is dark when a person wants it, also after a reload", async () => {
    await page.goto(`${server.origin}/`);
    await page.getByRole("combobox", { name: "Theme" }).selectOption("Dark");
    await page.getByRole("combobox", { name: "Language" }).selectOption("Français");
    await page.reload();
    await page.getByRole("heading", { name: "Vue d’ensemble" }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("fr");
    await page.getByRole("combobox", { name: "Langue" }).selectOption("English");
    await page.getByRole("heading", { name: "Overview" }).waitFor();
  });

  it("goes on after a refused token, and leads to the sign-in when the session is over", async () => {
    let refusals = 0;
    await page.route(/channels\.refresh/, (route) =>
      refusals++ === 0
        ? route.continue({ headers: { ...route.request().headers(), authorization: "Bearer a.b.c" } })
        : route.continue(),
    );
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("Up to date with Meta.").waitFor();
    expect(refusals).toBe(2);
    await page.context().clearCookies();
    await page.goto(`${server.origin}/templates?search=quote`);
    await signIn(page, ada.email);
    await page.waitForURL(`${server.origin}/templates?search=quote`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goto(`${server.origin}/`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("never tried what its content policy forbids", () => {
    expect(blocked).toEqual([]);
  });
});

async function enterNumber(typed: { readonly account: string; readonly number: string; readonly token: string }) {
  await page.getByLabel("WhatsApp Business account ID").fill(typed.account);
  await page.getByLabel("Phone number ID").fill(typed.number);
  await page.getByLabel("Access token").fill(typed.token);
  await page.keyboard.press("Enter");
}

async function connectHubSpot(button: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("Connected since").waitFor();
}

async function signIn(window: Page, email: string, secret = password): Promise<void> {
  await window.getByLabel("E-mail").fill(email);
  await window.getByLabel("Password").fill(secret);
  await window.keyboard.press("Enter");
}

/** What the extension does when a person presses Sign in (RFC 8628). */
async function askForCode(): Promise<{ readonly user_code: string; readonly verification_uri_complete: string }> {
  const answer = await post(`${server.origin}/api/auth/device/code`, { client_id: "aparte-extension" });
  return answer as { user_code: string; verification_uri_complete: string };
}
