/** Where a bucket of an S3-compatible store is and who may use it. */
export type S3Setting = {
  /** `https://host[:port]` */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** What a store calls its only region, where it has no choice of them. */
const defaultRegion = "us-east-1";

/**
 * Reads MEDIA_STORE: `s3://ACCESS:SECRET@host[:port]/bucket?region=…&tls=0|1`. Key and secret are percent-encoded where they
 * hold characters of an address; the region is us-east-1 and TLS is on unless said otherwise. Null for anything else.
 */
export function readStoreSetting(text: string): S3Setting | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== "s3:") return null;
  const bucket = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/.exec(url.pathname)?.[1];
  const tls = url.searchParams.get("tls") ?? "1";
  const [accessKeyId, secretAccessKey] = [decoded(url.username), decoded(url.password)];
  if (!url.host || !bucket || !accessKeyId || !secretAccessKey || !/^[01]$/.test(tls)) return null;
  const known = ["region", "tls"];
  if ([...url.searchParams.keys()].some((name) => !known.includes(name))) return null;
  return {
    endpoint: `${tls === "1" ? "https" : "http"}://${url.host}`,
    region: url.searchParams.get("region") ?? defaultRegion,
    bucket,
    accessKeyId,
    secretAccessKey,
  };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
