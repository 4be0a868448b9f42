import type { ChatPort, Upload, UploadHandlers } from "@aparte/chat/port.ts";
import type { LiveInput } from "@aparte/core/inputs.ts";
import type { FileView } from "@aparte/core/media.ts";
import type { LiveUpdate } from "@aparte/core/record-view.ts";
import type { Outcome } from "@aparte/core/result.ts";
import type { Api } from "../../platform/api.ts";
import { followLive, type LiveSource, type LiveStream } from "../../platform/live.ts";
import type { PutFile } from "../../platform/upload.ts";
import { createFileLinks } from "./file-links.ts";

export type ApiPort = ChatPort & {
  /**
   * Whether a person is looking. Streams that nobody looks at are closed: a browser opens six connections to one server
   * over HTTP/1.1, and forgotten tabs must not take them all.
   */
  readonly setAwake: (awake: boolean) => void;
  /** Connects all streams at once, whether they are known to be broken or may be without knowing. */
  readonly retryStreams: () => void;
};

/** The conversation's port over the API. */
export function createApiPort(api: Api, putFile: PutFile): ApiPort {
  const streams = new Set<LiveStream>();
  let awake = true;
  return {
    sendMessage: (input) => api.messaging.sendMessage.mutate(input),
    sendTemplate: (input) => api.messaging.sendTemplate.mutate(input),
    resend: (id) => api.messaging.resend.mutate({ id }),
    uploadFile: (upload, on) => uploadFile(putFile, upload, on),
    fileUrl: createFileLinks((input) => api.media.link.query(input)),
    setBlocked: (input, blocked) => api.messaging[blocked ? "block" : "unblock"].mutate(input),
    seen: (input) => api.messaging.seen.mutate(input),
    history: (input) => api.messaging.history.query(input),
    consent: {
      record: (input) => api.consent.record.mutate(input),
      undo: (entryIds) => api.consent.undo.mutate({ entryIds: [...entryIds] }),
      history: (contactId) => api.consent.history.query({ contactId }),
      preferencePage: () => api.consent.preferencePage.query(),
      preferenceLink: (contactId) => api.consent.preferenceLink.query({ contactId }),
      join: (input) => api.consent.join.mutate(input),
      review: async (contactId) => (await api.consent.reviews.query({ contactId, limit: 1 })).reviews[0] ?? null,
      resolveReview: (input) => api.consent.resolveReview.mutate(input),
    },
    subscribe: (input, handlers) => {
      const stream = followLive(liveSource(api, input), handlers);
      stream.setAwake(awake);
      streams.add(stream);
      return () => {
        stream.stop();
        streams.delete(stream);
      };
    },
    setAwake: (wanted) => {
      awake = wanted;
      for (const stream of streams) stream.setAwake(awake);
    },
    retryStreams: () => {
      for (const stream of streams) stream.retryNow();
    },
  };
}

async function uploadFile(
  putFile: PutFile,
  { id, channelId, file, name }: Upload,
  on: UploadHandlers,
): Promise<Outcome<{ file: FileView }>> {
  const path = `/media/${id}?${new URLSearchParams({ channel: channelId, name })}`;
  const { status, body } = await putFile({ path, file, ...on });
  if (status !== 200) throw new Error(`The server answered ${status} to a file`);
  return body as Outcome<{ file: FileView }>;
}

/** The live procedure as a stream that can break. News that the CRM's side changed is completed by asking for it. */
function liveSource(api: Api, input: LiveInput): LiveSource<LiveUpdate> {
  return (cursor, on) => {
    const complete = (news: Partial<LiveUpdate>): void => on.arrived(null, { messages: [], ...news });
    const subscription = api.messaging.live.subscribe(
      { ...input, lastEventId: cursor },
      {
        onStarted: () => on.opened(),
        onConnectionStateChange: (change) => {
          if (change.state === "connecting" && change.error) on.broke();
        },
        onData: ({ id, data: { syncChanged, recordChanged, ...update } }) => {
          const { contactId } = input;
          on.arrived(id, update);
          if (syncChanged) void api.crm.sync.query({ contactId }).then((sync) => complete({ sync }), askedInVain);
          if (recordChanged) {
            void api.crm.signals.query({ contactId }).then((signals) => complete({ signals }), askedInVain);
          }
        },
        onError: () => on.broke(),
        onComplete: () => on.broke(),
      },
    );
    return () => subscription.unsubscribe();
  };
}

/** The API did not answer: the next change asks again. */
function askedInVain(): void {}
