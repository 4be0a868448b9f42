/** Version of this API, shown to people who report a problem. */
export const apiVersion = "0.1.0";

/** The oldest extension that understands this API's answers. */
export const minimumExtension = "0.1.0";
