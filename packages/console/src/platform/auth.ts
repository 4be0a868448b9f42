import { createAuthClient } from "better-auth/client";
import { deviceAuthorizationClient } from "better-auth/client/plugins";

/** What the server answers: data, or an error with its HTTP status. What the network throws is thrown. */
type Answer<Data> = Promise<
  { readonly data: Data; readonly error: null } | { readonly data: null; readonly error: { readonly status: number } }
>;

/** How a request of another device stands; `client_id` is told only to the person whose request it is. */
export type DeviceAnswer = { readonly status: string; readonly client_id?: string | undefined };

/** Sign-in and sign-out by session cookie, and the approval of other devices (RFC 8628), at this origin. */
export type Auth = {
  readonly signIn: {
    readonly email: (input: { readonly email: string; readonly password: string }) => Answer<unknown>;
  };
  readonly signOut: () => Answer<unknown>;
  readonly device: ((input: { readonly query: { readonly user_code: string } }) => Answer<DeviceAnswer>) & {
    readonly approve: (input: { readonly userCode: string }) => Answer<unknown>;
    readonly deny: (input: { readonly userCode: string }) => Answer<unknown>;
  };
};

export function createAuth(): Auth {
  return createAuthClient({ plugins: [deviceAuthorizationClient()] });
}
