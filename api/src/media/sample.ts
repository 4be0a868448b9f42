import { refused, type Outcome } from "@aparte/core/result.ts";
import { accountRefusal, channelClient } from "../channels/client.ts";
import type { Channel } from "../channels/service.ts";
import type { Deps } from "../platform/context.ts";
import { loadKept } from "./service.ts";
import { toUpload } from "./to-upload.ts";

/** What Meta takes as the sample of a template's header and as a profile photo (Resumable Upload API). */
const sampleTypes = ["image/jpeg", "image/png", "video/mp4", "application/pdf"];

/**
 * Uploads a file that is here as a sample, in the name of the app: the handle stands for it in a template that is handed in
 * for review, or as a profile photo. Made anew for each use, because Meta does not say how long a handle lives.
 */
export async function sampleHandle(
  deps: Deps,
  channel: Channel,
  fileId: string,
): Promise<Outcome<{ readonly handle: string }>> {
  const { workspaceId } = channel;
  const file = await deps.database.inWorkspace(workspaceId, (tx) => loadKept(tx, workspaceId, fileId));
  if (!file) return refused("media.not_found");
  if (!sampleTypes.includes(file.mimeType)) return refused("media.type_refused", { type: file.mimeType });
  const answer = await channelClient(deps, channel).uploadSample(channel.appId, toUpload(deps.files, file));
  return answer.ok ? { ok: true, handle: answer.value } : refused(accountRefusal(answer));
}
