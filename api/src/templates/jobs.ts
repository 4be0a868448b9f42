import type { Deps } from "../platform/context.ts";
import { consumeEvents } from "../platform/consumer.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { named } from "../platform/wake.ts";
import { channelOfAccount } from "./account.ts";
import { connectedAccounts } from "./reactions.ts";
import { claimSync, finishSync, type TemplateAccount } from "./schedule.ts";
import { syncTemplates } from "./sync.ts";

/** How often due syncs are looked for when nothing happens, in milliseconds. */
const idleMs = 1_000;

/** Keeps the templates of every account in step with Meta. */
export function startTemplatesWorkers(deps: Deps): Loop[] {
  const loop = startLoop(
    "templates",
    deps.log,
    async () => {
      const moreNews = await consumeEvents(deps.database, connectedAccounts);
      const synced = await syncDueAccount(deps);
      return moreNews || synced;
    },
    idleMs,
  );
  const dueAfter = named(["channel.connected", "template.changed", "version.submitted"]);
  deps.wake.onNews(dueAfter, () => loop.wake());
  return [loop];
}

async function syncDueAccount(deps: Deps): Promise<boolean> {
  const account = await deps.database.system.transaction(claimSync);
  if (!account) return false;
  let succeeded = false;
  try {
    succeeded = await syncAccount(deps, account);
  } finally {
    await deps.database.system.transaction((tx) => finishSync(tx, account, succeeded));
  }
  return true;
}

async function syncAccount(deps: Deps, { workspaceId, wabaId }: TemplateAccount): Promise<boolean> {
  const channel = await channelOfAccount(deps, workspaceId, wabaId);
  if (!channel) return true;
  const result = await syncTemplates(deps, workspaceId, channel.id, null);
  if (!result.ok) deps.log.warn({ channelId: channel.id, reason: result.refused }, "templates could not be read");
  return result.ok;
}
