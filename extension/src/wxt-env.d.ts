/// <reference types="wxt/vite-builder-env" />

interface ImportMetaEnv {
  /** Address of the API that a fresh installation speaks to; set when the extension is built for one firm. */
  readonly WXT_API_URL?: string;
}
