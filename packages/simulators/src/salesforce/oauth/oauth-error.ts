/** A refusal of an OAuth endpoint: an object `{error, error_description}` where the REST API answers arrays. */
export class OAuthError extends Error {
  readonly status: number;
  readonly error: string;

  constructor(error: string, description: string, status = 400) {
    super(description);
    this.error = error;
    this.status = status;
  }

  body(): { error: string; error_description: string } {
    return { error: this.error, error_description: this.message };
  }
}

/** Everything wrong with a code, a refresh token or an assertion has this one name. */
export const invalidGrant = (description: string): OAuthError => new OAuthError("invalid_grant", description);
