/**
 * Moments in which everything may go wrong, by name, so that a test can have a process wait or end right there:
 *
 * - `send:before_request`: the gate has let a message pass and the intent is stored; the request has not left yet.
 */
export const failpointNames = ["send:before_request"] as const;
export type FailpointName = (typeof failpointNames)[number];

/** Called at a named moment and waited for. Outside of tests it does nothing, and no setting can change that. */
export type Failpoint = (name: FailpointName) => Promise<void>;

export const noFailpoint: Failpoint = async () => {};
