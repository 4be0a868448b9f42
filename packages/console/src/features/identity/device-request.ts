import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeviceAnswer } from "../../platform/auth.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { useServices } from "../../platform/services.tsx";

/**
 * How the sign-in of another device stands. `foreign`: someone else opened it first, and only they may decide. `gone`: the
 * code is unknown or has run out.
 */
export type DeviceRequest = "pending" | "approved" | "denied" | "foreign" | "gone";

/** The request behind a code. Looking at it claims it for the person who is signed in. */
export function useDeviceRequest(userCode: string) {
  const { auth } = useServices();
  const queryClient = useQueryClient();
  const queryKey = ["device", userCode];
  const query = useQuery({
    queryKey,
    staleTime: Infinity,
    queryFn: async (): Promise<DeviceRequest> => {
      const { data, error } = await auth.device({ query: { user_code: userCode } });
      if (error) {
        if (error.status === 400) return "gone";
        throw new HttpFailure(error.status, "the code");
      }
      return standing(data);
    },
  });
  const decide = useMutation({
    mutationFn: async (decision: "approve" | "deny"): Promise<DeviceRequest> => {
      const { error } = await auth.device[decision]({ userCode });
      if (error === null) return decision === "approve" ? "approved" : "denied";
      if (error.status === 400) return "gone";
      if (error.status === 403) return "foreign";
      throw new HttpFailure(error.status, "the decision");
    },
    onSuccess: (state) => queryClient.setQueryData(queryKey, state),
  });
  return { query, decide };
}

/** Only the person whose request it is gets to see what asks: the client's id. */
function standing(answer: DeviceAnswer): DeviceRequest {
  if (answer.status === "approved" || answer.status === "denied") return answer.status;
  return answer.client_id === undefined ? "foreign" : "pending";
}
