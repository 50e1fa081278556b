import { createHash } from "node:crypto";
import packageJson from "../../package.json" with { type: "json" };
import { type Locked, lockedPackages } from "./lockfile.ts";
import { TARGETS } from "./targets.ts";

/**
 * What is in the binaries, as CycloneDX 1.5: the packages that package-lock.json pins for them and the runtimes.
 * `npm sbom` would tell the time and the directory too, and differ from run to run.
 * @param time when the sources were committed, in seconds
 */
export function sbom(root: string, time: number): string {
  const runtimes = new Set(TARGETS.map(({ runtime }) => runtime));
  const inside = lockedPackages(root).filter(({ name, dev }) => !dev || runtimes.has(name));
  const components = inside.map(toComponent).toSorted((a, b) => (a.purl < b.purl ? -1 : 1));
  const { name, version, description, license } = packageJson;
  const self = `pkg:npm/${name}@${version}`;
  return `${JSON.stringify(
    {
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      serialNumber: `urn:uuid:${uuidOf(JSON.stringify([version, time, components]))}`,
      version: 1,
      metadata: {
        timestamp: new Date(time * 1_000).toISOString(),
        component: {
          "bom-ref": self,
          ...{ type: "application", name, version, description, purl: self },
          licenses: [{ license: { id: license } }],
        },
      },
      components,
      dependencies: [{ ref: self, dependsOn: components.map(({ purl }) => purl) }],
    },
    null,
    2,
  )}\n`;
}

function toComponent({ name, version, integrity, license }: Locked) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [, base64 = ""] = /^sha512-(.+)$/.exec(integrity) ?? [];
  return {
    "bom-ref": purl,
    ...{ type: "library", name, version, purl },
    hashes: [{ alg: "SHA-512", content: Buffer.from(base64, "base64").toString("hex") }],
    ...(license === undefined ? {} : { licenses: [{ license: { id: license } }] }),
  };
}

/** A UUID made of a text, as RFC 9562 has it (version 8: the bits are ours). */
function uuidOf(text: string): string {
  const bits = createHash("sha256").update(text).digest("hex");
  return [
    bits.slice(0, 8),
    bits.slice(8, 12),
    `8${bits.slice(13, 16)}`,
    `8${bits.slice(17, 20)}`,
    bits.slice(20, 32),
  ].join("-");
}
