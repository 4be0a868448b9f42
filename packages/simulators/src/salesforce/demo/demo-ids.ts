import { to18 } from "../record-id.ts";

/** The administrator of the demo org, in whose name tests and pages speak. */
export const DEMO_ADMIN_ID = to18("005gK00000admAA");
export const DEMO_MANAGER_ID = to18("005gK00000mngBB");
export const DEMO_REP_ID = to18("005gK00000repCC");
/** Nobody: the user as whom the app speaks when no person let it in. */
export const DEMO_INTEGRATION_ID = to18("005gK00000intDD");

/** The record of each kind with which the demo begins. */
export const DEMO_CONTACT_ID = to18("003gK00000AnaSz");
export const DEMO_ACCOUNT_ID = to18("001gK00000PadHz");
export const DEMO_PERSON_ACCOUNT_ID = to18("001gK00000LayHd");
export const DEMO_LEAD_ID = to18("00QgK00000SofRs");
export const DEMO_OPPORTUNITY_ID = to18("006gK00000PinBk");
export const DEMO_CASE_ID = to18("500gK00000A1042");

/** The kinds of account. */
export const COMPANY_RECORD_TYPE_ID = to18("012gK00000BizAc");
export const PERSON_RECORD_TYPE_ID = to18("012gK00000PerAc");
