import { createApp } from "./app.ts";
import { isSetUp } from "./workspaces/service.ts";
import { EnvironmentError, publicUrl, readEnv } from "./platform/env.ts";

/** Starts one process of the API: what it does is said by ROLE. Stops cleanly on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const env = readEnv(process.env);
  const app = await createApp({ env });
  if (env.ROLE !== "worker") await app.http.listen({ port: env.PORT, host: "::" });
  app.start(env.ROLE);
  app.deps.log.info({ role: env.ROLE, url: publicUrl(env) }, "listening");
  // The one line that is no log: whoever starts a new server is shown the token that lets the first admin in.
  process.stdout.write((await isSetUp(app.deps.database)) ? "Ready\n" : `Ready; set-up token: ${app.setupToken}\n`);

  const stop = () => {
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.deps.log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof EnvironmentError ? `${error.message}\n` : `${String(error)}\n`);
  process.exit(1);
});
