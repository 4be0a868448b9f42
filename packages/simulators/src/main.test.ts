import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("starts every simulator, says where, and stops cleanly", { timeout: 60_000 }, async () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    let output = "";
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes("simulators ready\n")) break;
    }
    expect(output.trim().split("\n").at(-1)).toBe("simulators ready");
    const urlOf = (name: string) => new RegExp(`^${name} +(https?://localhost:\\d+)`, "mu").exec(output)?.[1] ?? "";
    for (const name of ["WhatsApp", "HubSpot"]) {
      expect(await (await fetch(`${urlOf(name)}/_sim/identity`)).json()).toHaveProperty("access_token");
    }
    expect(urlOf("CRM pages")).toMatch(/^https:/u);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
  }
});
