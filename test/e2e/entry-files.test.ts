import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWindow, plainBrowser } from "../support/console.ts";
import { becomes, sendFile } from "../support/files.ts";
import { connectHubSpot, contactRef, timelineOf } from "../support/hubspot.ts";
import { password, people, startWorld, type World } from "../support/world.ts";

let world: World;
let browser: Browser;
let sql: postgres.Sql;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), plainBrowser()]);
  sql = postgres(world.database.url, { max: 1 });
  await connectHubSpot(world);
});
afterAll(async () => {
  await browser?.close();
  await sql?.end();
  await world?.close();
});

it("a file in an entry of the CRM opens for whoever signs in here, and for nobody else", async () => {
  await world.rep.crm.openRecord.mutate({ ref: contactRef(world, "101001") });
  const fileId = await sendFile(world, sql, { from: "5511912345678", type: "image", image: {} });
  await becomes(sql, fileId, "ready");
  const body = await until("the entry has the link", async () => {
    const [entry] = await timelineOf(world, "101001");
    const html = entry?.properties["hs_communication_body"] ?? "";
    return html.includes("<a href=") && html;
  });
  const link = /<a href="([^"]+)">/.exec(body)?.[1] ?? "";
  expect(link).toBe(`${world.origin}/files/${fileId}`);
  const { page } = await openWindow(browser);
  await page.goto(link);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByLabel("E-mail").fill(people.rep);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${world.origin}/media/**`);
  expect(await page.locator("img").count()).toBe(1);
  await page.goto(`${world.origin}/files/00000000`);
  await page.getByRole("alert").waitFor();
});
