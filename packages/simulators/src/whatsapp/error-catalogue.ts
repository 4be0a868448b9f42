/** Title and HTTP status of an error code; the same title stands in synchronous answers and in failed statuses. */
export type CatalogueEntry = { title: string; http: number };

/**
 * The error codes of the Cloud API that this stand-in gives, by Meta's error page (code list 11 September 2026, HTTP
 * statuses January 2026). Codes that are only ever seen in a status webhook carry 400, as the page writes it.
 */
export const ERROR_CATALOGUE = {
  0: { title: "AuthException", http: 401 },
  3: { title: "API Method", http: 500 },
  10: { title: "Application does not have permission for this action", http: 403 },
  100: { title: "Invalid parameter", http: 400 },
  190: { title: "Access token has expired", http: 401 },
  200: { title: "API Permission", http: 403 },
  368: { title: "Temporarily blocked for policies violations", http: 403 },
  80007: { title: "Rate limit issues", http: 400 },
  130403: { title: "Business has blocked this user", http: 400 },
  130429: { title: "Rate limit hit", http: 400 },
  130472: { title: "User's number is part of an experiment", http: 400 },
  130497: { title: "Business account is restricted from messaging users in this country.", http: 403 },
  131000: { title: "Something went wrong", http: 500 },
  131005: { title: "Access denied", http: 403 },
  131008: { title: "Required parameter is missing", http: 400 },
  131009: { title: "Parameter value is not valid", http: 400 },
  131016: { title: "Service unavailable", http: 500 },
  131020: { title: "Invalid group", http: 400 },
  131021: { title: "Recipient cannot be sender", http: 400 },
  131026: { title: "Message undeliverable", http: 400 },
  131030: { title: "Recipient phone number not in allowed list", http: 400 },
  131031: { title: "Account has been locked", http: 403 },
  131037: { title: "Display name approval needed", http: 400 },
  131041: { title: "Unknown group", http: 400 },
  131042: { title: "Business eligibility payment issue", http: 400 },
  131045: { title: "Incorrect certificate", http: 500 },
  131047: { title: "Re-engagement message", http: 400 },
  131048: { title: "Spam rate limit hit", http: 400 },
  131049: { title: "This message was not delivered to maintain healthy ecosystem engagement.", http: 400 },
  131050: { title: "User has stopped marketing messages from this business", http: 400 },
  131051: { title: "Unsupported message type", http: 400 },
  131052: { title: "Media download error", http: 400 },
  131053: { title: "Media upload error", http: 400 },
  131056: { title: "(Business Account, Consumer Account) pair rate limit hit", http: 400 },
  131057: { title: "Account in maintenance mode", http: 500 },
  131059: { title: "Invalid cursor", http: 400 },
  131062: { title: "Business-scoped User ID recipients are not supported for this message", http: 400 },
  131064: { title: "Message limit due to template misclassification", http: 400 },
  131202: { title: "Duplicate participant", http: 400 },
  131204: { title: "Too many participants", http: 400 },
  131207: { title: "Group suspended", http: 403 },
  131212: { title: "Participant not in group", http: 400 },
  131213: { title: "Join request not found", http: 400 },
  131215: { title: "Phone number is not eligible for groups", http: 400 },
  132000: { title: "Number of parameters does not match the expected number of params", http: 400 },
  132001: { title: "Template name does not exist in the translation", http: 404 },
  132005: { title: "Translated text too long", http: 400 },
  132007: { title: "Template content policy violated", http: 400 },
  132012: { title: "Parameter format does not match format in the created template", http: 400 },
  132015: { title: "Template is paused", http: 400 },
  132016: { title: "Template is disabled", http: 400 },
  132018: { title: "There was an issue with the parameters in your template", http: 400 },
  133000: { title: "Incomplete deregistration", http: 500 },
  132068: { title: "Flow is blocked", http: 400 },
  132069: { title: "Flow is throttled", http: 400 },
  133005: { title: "Two step verification PIN mismatch", http: 400 },
  133006: { title: "Phone number re-verification needed", http: 400 },
  133008: { title: "Too many two step verification PIN guesses", http: 400 },
  133010: { title: "Phone number not registered", http: 400 },
  133015: { title: "Please wait a few minutes before attempting to register this phone number", http: 400 },
  133016: { title: "Account register deregister rate limit exceeded", http: 400 },
  134100: { title: "Only marketing messages supported", http: 400 },
  135000: { title: "Generic user error", http: 400 },
  136024: { title: "Request code error", http: 400 },
  136025: { title: "Verify code error", http: 400 },
  137000: { title: "Recipient identity key hash mismatch", http: 400 },
  138000: { title: "Calling not enabled", http: 401 },
  138001: { title: "Receiver uncallable", http: 400 },
  138003: { title: "Duplicate call", http: 400 },
  138006: { title: "No approved call permission from the recipient", http: 401 },
  138009: { title: "Call permission request limit reached", http: 400 },
  138015: { title: "Calling cannot be enabled", http: 400 },
  139001: { title: "Flow can't be updated", http: 400 },
  139002: { title: "Publishing Flow in invalid state", http: 400 },
  139003: { title: "Can't deprecate unpublished flow", http: 400 },
  139004: { title: "Flow can't be deleted", http: 400 },
  139100: { title: "Failed to block/unblock some users", http: 400 },
  139101: { title: "Blocklist limit reached", http: 400 },
  147001: { title: "Username is not valid", http: 400 },
  147002: { title: "Username is not available", http: 400 },
  147005: { title: "Business is not eligible for a username", http: 400 },
  200005: { title: "Template insights not available", http: 400 },
  200006: { title: "Template insights cannot be disabled", http: 400 },
  200007: { title: "Template insights not enabled", http: 400 },
} as const satisfies Record<number, CatalogueEntry>;

/** A code that this stand-in knows. */
export type CloudErrorCode = keyof typeof ERROR_CATALOGUE;

/** Whether a number is a code of the catalogue. */
export function isCloudErrorCode(code: number): code is CloudErrorCode {
  return code in ERROR_CATALOGUE;
}

/** Why an accepted message fails after all. */
export type Failure = { code: CloudErrorCode; details: string };
