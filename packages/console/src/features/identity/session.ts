import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { HttpFailure } from "../../platform/http-failure.ts";
import { useServices } from "../../platform/services.tsx";
import { forgetVisitor } from "../../platform/visitor.ts";

/** After a sign-in: forgets what was known before it and goes to a page of ours. */
export function useSignedIn(): (path: string) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (path) => {
    queryClient.clear();
    await router.navigate({ href: path, replace: true });
  };
}

/** Ends the session, leaves for the sign-in and forgets everything that was read with the session. */
export function useSignOut() {
  const { auth, tokens } = useServices();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async () => {
      const { error } = await auth.signOut();
      if (error) throw new HttpFailure(error.status, "the sign-out");
    },
    onSuccess: async () => {
      tokens.drop();
      forgetVisitor(queryClient);
      await router.navigate({ to: "/sign-in", search: { back: "/" }, replace: true });
      queryClient.clear();
    },
  });
}
