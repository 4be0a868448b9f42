import { createContext, useContext } from "react";

/**
 * Whether Tab reaches the controls inside a message: only those of the one message that the list's own stop stands on, so
 * that Tab leaves a long list in a few presses.
 */
export const TabStop = createContext<0 | -1>(0);

export function useTabStop(): 0 | -1 {
  return useContext(TabStop);
}
