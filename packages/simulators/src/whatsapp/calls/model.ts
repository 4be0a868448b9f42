/** What one side offers the other to hear them by (RFC 8866). */
export type Session = { sdp_type: "offer" | "answer"; sdp: string };

/** A call between a business number and a person; times in ms. */
export type VoiceCall = {
  id: string;
  phoneNumberId: string;
  waId: string;
  direction: "BUSINESS_INITIATED" | "USER_INITIATED";
  startedAt: number;
  acceptedAt: number | undefined;
  endedAt: number | undefined;
  bizOpaqueCallbackData: string | undefined;
};
