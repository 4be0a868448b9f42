import { z } from "zod";
import { detail, idText, word } from "./wire.ts";

/** A business number as Meta describes it. */
export type MetaPhoneNumber = {
  readonly phoneNumberId: string;
  /** As people write it: "+1 555-010-0001". */
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  readonly qualityRating: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  /** CONNECTED when it can send; PENDING, RESTRICTED, BANNED … otherwise; null when Meta does not tell. */
  readonly status: string | null;
};

/** The fields to ask a phone number for. */
export const phoneNumberFields = "id,display_phone_number,verified_name,quality_rating,status";

const wireNumber = z.object({
  id: idText,
  display_phone_number: word,
  verified_name: detail(z.string()),
  quality_rating: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).catch("UNKNOWN"),
  status: detail(word),
});

/** Reads a phone number object; null when it names no number. */
export function readPhoneNumber(wire: unknown): MetaPhoneNumber | null {
  const parsed = wireNumber.safeParse(wire);
  if (!parsed.success) return null;
  const { id, display_phone_number, verified_name, quality_rating, status } = parsed.data;
  return {
    phoneNumberId: id,
    displayPhoneNumber: display_phone_number,
    verifiedName: verified_name ?? "",
    qualityRating: quality_rating,
    status,
  };
}
