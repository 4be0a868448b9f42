import { isTransient, ourErrorCode } from "@aparte/whatsapp/errors.ts";
import { channelClient } from "../channels/client.ts";
import { loadChannel } from "../channels/service.ts";
import type { Deps } from "../platform/context.ts";
import { loadKept } from "./service.ts";
import { toUpload } from "./to-upload.ts";
import { settleFailed, settleLater, settleUploaded, type Claimed } from "./transfers.ts";

/** Sends the bytes of a file up to Meta, for the number that will send it. */
export async function uploadFile(deps: Deps, claimed: Claimed): Promise<void> {
  const { workspaceId, channelId, fileId } = claimed;
  const { channel, file } = await deps.database.inWorkspace(workspaceId, async (tx) => ({
    channel: await loadChannel(tx, workspaceId, channelId),
    file: await loadKept(tx, workspaceId, fileId),
  }));
  if (!channel || !file) throw new Error("A file to send has lost its number or its bytes.");
  const answer = await channelClient(deps, channel).uploadMedia(channel.phoneNumberId, toUpload(deps.files, file));
  await deps.database.system.transaction(async (tx) => {
    if (answer.ok) return settleUploaded(tx, claimed, answer.value);
    if (answer.error === null) return settleLater(tx, claimed, "media.unreachable");
    const ours = ourErrorCode(answer.error.code);
    if (isTransient(answer.error.code)) return settleLater(tx, claimed, ours);
    // What Meta says no to for good here is the file itself.
    const problem = ours === "messaging.refused_by_whatsapp" ? "media.type_refused" : ours;
    await settleFailed(tx, claimed, { problem, fileState: "refused" });
  });
}
