/** A person who wants to join, in ms. */
export type JoinRequest = { id: string; waId: string; at: number };

/** A group that a business number leads. */
export type Group = {
  id: string;
  phoneNumberId: string;
  subject: string;
  description: string | undefined;
  joinApprovalMode: "auto_approve" | "approval_required";
  /** In ms. */
  createdAt: number;
  inviteLink: string;
  /** Digits of the people in it, beside the business itself. */
  participants: string[];
  joinRequests: JoinRequest[];
  /** Stopped by Meta: 131207. */
  suspended: boolean;
};
