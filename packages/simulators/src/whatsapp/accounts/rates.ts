/** Price of a delivered message in US dollars by its category: those of Mexico, October 2026. */
export const RATES = { MARKETING: 0.0397, UTILITY: 0.0085, AUTHENTICATION: 0.0085, SERVICE: 0.0085 } as const;
