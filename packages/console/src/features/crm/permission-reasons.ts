/** Why we ask for each right, most telling first; the words stand under `crm.permission.*`. */
export const permissionReasons = ["read_contacts", "write_log", "read_fields", "create_log_key", "sign_in"] as const;
