import { generate } from "selfsigned";

/** The hosts that a browser is led to here. A star stands for one part of a name, so each kind of org has its own line. */
const HOSTS = [
  "localhost",
  "*.hubspot.com",
  "*.lightning.force.com",
  "*.sandbox.lightning.force.com",
  "*.develop.lightning.force.com",
  "*.scratch.lightning.force.com",
  "*.trailblaze.lightning.force.com",
  "*.demo.lightning.force.com",
  "*.free.lightning.force.com",
];

/** A certificate for the hosts of the pages, signed by itself and made anew at each start: no key is kept anywhere. */
export async function createCertificate(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [...HOSTS.map((value) => ({ type: 2 as const, value })), { type: 7, ip: "127.0.0.1" }],
      },
    ],
  });
  return { key, cert };
}
