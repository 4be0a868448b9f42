import type { BrowserContext, Page } from "playwright-core";
import type { JobPerson } from "./person.ts";

/** The customer's phone: the simulator's own page, on which a person reads and answers. */
export async function openPhone(context: BrowserContext, url: string, person: JobPerson): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/phone`);
  await page.getByLabel("Your number").fill(`+${person.waId}`);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByRole("button", { name: "Open this chat" }).click();
  return page;
}

export async function answer(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send message" }).click();
}
