import type { ErrorCode } from "@aparte/core/errors.ts";
import { maxFileBytes } from "@aparte/core/media.ts";
import { ourErrorCode, type MetaError } from "@aparte/whatsapp/errors.ts";
import { networkReason } from "@aparte/whatsapp/graph.ts";
import { channelClient } from "../channels/client.ts";
import { loadChannel } from "../channels/service.ts";
import type { Deps } from "../platform/context.ts";
import { fits, typeOfBytes } from "./file-kind.ts";
import { receiveBytes, type Spool } from "./spool.ts";
import { storeKey } from "./store-key.ts";
import { settleFailed, settleKept, settleLater, type Claimed, type Kept } from "./transfers.ts";

/** Bytes that are not what WhatsApp said they are may have been broken on the way: so often they are fetched. */
const damagedTries = 5;

type Fetched =
  | { readonly outcome: "kept"; readonly kept: Kept }
  | { readonly outcome: "refused"; readonly problem: ErrorCode }
  | { readonly outcome: "later"; readonly problem: ErrorCode };

/**
 * Brings the bytes of a received file here: asks for an address, which is good for five minutes, reads from it at once,
 * compares the digest, looks at the first bytes and keeps the file in the store. Only then its row says that it is ready.
 */
export async function fetchFile(deps: Deps, claimed: Claimed): Promise<void> {
  const fetched = await fetchBytes(deps, claimed);
  await deps.database.system.transaction(async (tx) => {
    switch (fetched.outcome) {
      case "kept":
        return settleKept(tx, claimed, fetched.kept);
      case "refused":
        return settleFailed(tx, claimed, { problem: fetched.problem, fileState: "refused" });
      case "later":
        return settleLater(tx, claimed, fetched.problem);
    }
  });
}

async function fetchBytes(deps: Deps, claimed: Claimed): Promise<Fetched> {
  const { workspaceId, channelId, fileId } = claimed;
  const channel = await deps.database.inWorkspace(workspaceId, (tx) => loadChannel(tx, workspaceId, channelId));
  if (!channel) throw new Error("A received file has lost its number.");
  const client = channelClient(deps, channel);
  const address = await client.mediaUrl(fileId, channel.phoneNumberId);
  if (!address.ok) return later(address);
  const download = await client.downloadMedia(address.value.url, maxFileBytes);
  if (!download.ok) return download.reason === "too_large" ? tooLarge : later(download);
  const spool = await receive(download.value.bytes);
  if ("outcome" in spool) return spool;
  try {
    return await keep(deps, { ...claimed, sha256: claimed.sha256 ?? address.value.sha256 }, spool);
  } finally {
    await spool.close();
  }
}

const tooLarge: Fetched = { outcome: "refused", problem: "media.too_large" };

async function receive(bytes: AsyncIterable<Uint8Array>): Promise<Spool | Fetched> {
  try {
    return await receiveBytes(bytes, maxFileBytes);
  } catch (error) {
    if (error instanceof RangeError) return tooLarge;
    // Throws on what is no trouble of the network.
    networkReason(error);
    return later({ error: null });
  }
}

/** Whatever Meta answers instead of the file may pass: an admin may mend a token within the seven days. */
function later({ error }: { readonly error: MetaError | null }): Fetched {
  return { outcome: "later", problem: error === null ? "media.unreachable" : ourErrorCode(error.code) };
}

async function keep(deps: Deps, claimed: Claimed, spool: Spool): Promise<Fetched> {
  const { size, sha256 } = spool;
  if (claimed.sha256 !== null && claimed.sha256 !== sha256) {
    return { outcome: claimed.attempts < damagedTries ? "later" : "refused", problem: "media.damaged" };
  }
  if (size === 0) return { outcome: "refused", problem: "media.empty" };
  const mimeType = await typeOfBytes(spool, claimed.mimeType);
  if (!fits(claimed.mimeType, mimeType)) return { outcome: "refused", problem: "media.type_refused" };
  const key = storeKey(claimed.workspaceId, claimed.fileId, sha256);
  await deps.files.put(key, spool.read(), size);
  return { outcome: "kept", kept: { mimeType, size, sha256, storeKey: key } };
}
