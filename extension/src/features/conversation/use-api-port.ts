import { useEffect, useMemo } from "react";
import type { Server } from "../../platform/server.ts";
import { createApiPort, type ApiPort } from "./api-port.ts";

/** The conversation's port over the API, awake while the panel is shown in a tab that is. */
export function useApiPort({ api, putFile }: Server, shown: boolean): ApiPort {
  const port = useMemo(() => createApiPort(api, putFile), [api, putFile]);
  useEffect(() => {
    const look = (): void => port.setAwake(shown && document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    // A connection that the network lost stays silent for long; trying tells at once whether the server is still there.
    window.addEventListener("offline", port.retryStreams);
    window.addEventListener("online", port.retryStreams);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("offline", port.retryStreams);
      window.removeEventListener("online", port.retryStreams);
    };
  }, [port, shown]);
  return port;
}
