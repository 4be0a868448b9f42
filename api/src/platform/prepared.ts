import type postgres from "postgres";

/**
 * The same client, whose statements Postgres prepares once for each connection. drizzle sends each one anew unless it has a
 * name: two ways there and back instead of one, and a plan made every time. Transactions and savepoints get the same.
 */
export function prepared<Client extends postgres.Sql | postgres.TransactionSql>(client: Client): Client {
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      if (key === "unsafe") {
        return (query: string, parameters?: [], options?: object) =>
          Reflect.apply(value, target, [query, parameters ?? [], { ...options, prepare: true }]);
      }
      if (key !== "begin" && key !== "savepoint") return value;
      return (...args: unknown[]) => Reflect.apply(value, target, args.map(withPrepared));
    },
  });
}

/** What is done inside a transaction, with a client like the one outside. */
function withPrepared(argument: unknown): unknown {
  if (typeof argument !== "function") return argument;
  return (inner: postgres.TransactionSql) => Reflect.apply(argument, undefined, [prepared(inner)]);
}
