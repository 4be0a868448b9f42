/**
 * Where the bytes of a file stand in the store. Made of what they are, so that keeping them again after a crash makes no
 * second copy, and other bytes under the same id replace nothing.
 */
export function storeKey(workspaceId: string, fileId: string, sha256: string): string {
  return `${workspaceId}/${fileId}/${sha256}`;
}
