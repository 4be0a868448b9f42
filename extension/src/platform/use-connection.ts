import { useMemo } from "react";
import { connect, type Server } from "./server.ts";
import { createTokenSource, signedOutTokens, type Session } from "./session.ts";

/** The server that is set, spoken to as the person who is signed in. */
export function useConnection(server: string, session: Session | null): Server {
  const token = session?.token;
  return useMemo(() => {
    const tokens = token === undefined ? signedOutTokens : createTokenSource({ server, token });
    // Asked for while the panel is still hidden, so that opening it waits for one answer and not for two. What fails
    // here fails again, and is told, when the first call needs it.
    void tokens.current().catch(() => undefined);
    return connect(server, tokens);
  }, [server, token]);
}
