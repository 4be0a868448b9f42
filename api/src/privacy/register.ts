import type { Register } from "@aparte/core/register.ts";
import { retentionKinds } from "@aparte/core/retention.ts";
import { loadPolicy } from "../consent/policy.ts";
import { loadChannels } from "../channels/service.ts";
import { loadConnections } from "../crm/connections.ts";
import { workspaceName } from "../identity/service.ts";
import { readStoreSetting } from "../platform/store-setting.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadRetention } from "./retention.ts";

/**
 * The register of processing (GDPR Art. 30), as this workspace is set up right now: what is connected, what is kept for how long,
 * on which basis. Nothing in it is typed by hand, so it cannot differ from what happens.
 */
export async function loadRegister(ctx: MemberContext): Promise<Register> {
  const { workspaceId } = ctx.actor;
  const controller = await workspaceName(ctx);
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const policy = await loadPolicy(tx, workspaceId);
    const retention = await loadRetention(tx, workspaceId);
    const channels = await loadChannels(tx, workspaceId);
    const connections = await loadConnections(tx, workspaceId);
    const living = connections.filter(({ state }) => state === "connected");
    const store = ctx.env.MEDIA_STORE === undefined ? null : readStoreSetting(ctx.env.MEDIA_STORE);
    return {
      controller,
      madeOn: ctx.now().toISOString().slice(0, 10),
      purposes: [
        { purpose: "marketing", basis: "consent" },
        { purpose: "utility", basis: policy.utilityNeedsConsent ? "consent" : "contract" },
        { purpose: "authentication", basis: "contract" },
        { purpose: "service", basis: "request" },
        { purpose: "proof", basis: "obligation" },
        { purpose: "security", basis: "interest" },
      ],
      categories: ["identity", "messages", "files", "consent", "records", "usage"],
      people: ["customers", "prospects", "colleagues"],
      recipients: [
        { recipient: "whatsapp", names: channels.map(({ displayPhoneNumber }) => displayPhoneNumber) },
        ...(["hubspot", "salesforce"] as const).flatMap((crm) => {
          const names = living.filter((one) => one.crm === crm).map(({ accountName }) => accountName);
          return names.length === 0 ? [] : [{ recipient: crm, names }];
        }),
        ...(store === null ? [] : [{ recipient: "storage" as const, names: [new URL(store.endpoint).host] }]),
      ],
      retention: retentionKinds.map((kind) => ({ kind, days: retention[kind] })),
      measures: ["tenants", "keys", "roles", "gate", "ledger", "reads", "logs", "erasure"],
    };
  });
}
