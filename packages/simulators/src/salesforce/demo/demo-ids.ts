import { to18 } from "../record-id.ts";

/** The administrator of the demo org, in whose name tests and pages speak. */
export const DEMO_ADMIN_ID = to18("005gK00000admAA");
export const DEMO_MANAGER_ID = to18("005gK00000mngBB");
export const DEMO_REP_ID = to18("005gK00000repCC");
/** Nobody: the user as whom the app speaks when no person let it in. */
export const DEMO_INTEGRATION_ID = to18("005gK00000intDD");
/** The contact on whose record the demo opens. */
export const DEMO_CONTACT_ID = to18("003gK00000AnaSz");
