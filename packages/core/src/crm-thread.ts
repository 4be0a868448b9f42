import type { RecordHeader } from "./crm-record.ts";
import type { NumberHolder, NumberView } from "./crm-match.ts";
import type { MessageView } from "./message.ts";

/** Somebody whose conversation is part of a record's thread. */
export type ThreadPerson = {
  readonly contactId: string;
  readonly name: string;
  /** Null for a person who hides their number. */
  readonly number: NumberView | null;
  /** Their record: the open one, or one of its people. */
  readonly holder: NumberHolder;
};

export type ThreadMessage = { readonly contactId: string; readonly message: MessageView };

/** All conversations of all people and numbers of a record as one, in reading order. */
export type ThreadView = {
  readonly record: RecordHeader;
  readonly people: readonly ThreadPerson[];
  readonly messages: readonly ThreadMessage[];
  /** Whether there is more before the first of `messages`: ask with `before` set to its id. */
  readonly hasMore: boolean;
};
