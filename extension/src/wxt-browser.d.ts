import "wxt/browser";

/** What `wxt prepare` would write into `.wxt`, kept here so that types do not depend on a generated folder. */
declare module "wxt/browser" {
  interface WxtRuntime {
    getURL(path: string): string;
  }
  interface WxtI18n {
    getMessage(name: string, values?: string | string[]): string;
  }
}
