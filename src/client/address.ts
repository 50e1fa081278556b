import { isIPv6 } from "node:net";
import { JobError } from "../job/errors.ts";

/** Port of an agent when an address names none. */
export const DEFAULT_PORT = 50051;

export interface Address {
  /** Lower-case name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** As it was written, without `://`; only a reader cares: LPR always speaks gRPC over mutual TLS. */
  readonly scheme?: string;
}

/**
 * Reads `host`, `host:port`, `[v6]:port` or a bare IPv6 address, any of them behind a scheme.
 * @throws JobError INVALID_INPUT
 */
export function parseAddress(text: string): Address {
  const invalid = (why: string) =>
    new JobError("INVALID_INPUT", `${JSON.stringify(text)} is no agent address: ${why}`, {
      hint: `write it as host or host:port, for instance example.com:${DEFAULT_PORT}`,
    });
  const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  const place = rest.replace(/\/$/, "");
  if (place === "") throw invalid("it names no host");
  if (/[/?#]/.test(place)) throw invalid("an agent has no path");
  if (place.includes("@")) throw invalid("who you are comes from your certificate, not from the address");
  const [host, port] = splitPort(place);
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  const valid =
    bare === host ? /^[a-z0-9]([a-z0-9_.-]*[a-z0-9.])?$/i.test(host) || isIPv6(host) : isIPv6(bare);
  if (!valid) throw invalid(`bad host ${JSON.stringify(host)}`);
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (!/^\d{1,5}$/.test(port ?? "0") || number < 1 || number > 65_535) {
    throw invalid(`the port must be 1 to 65535, got ${JSON.stringify(port)}`);
  }
  return {
    host: bare.toLowerCase(),
    port: number,
    ...(scheme !== undefined && { scheme: scheme.toLowerCase() }),
  };
}

function splitPort(place: string): [host: string, port: string | undefined] {
  if (isIPv6(place)) return [place, undefined];
  const colon = place.lastIndexOf(":");
  return colon <= place.lastIndexOf("]")
    ? [place, undefined]
    : [place.slice(0, colon), place.slice(colon + 1)];
}

/** `host:port`, the one way to write an address; IPv6 in brackets. */
export function formatAddress({ host, port }: Address): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** The one way to write the address that `text` means; undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  try {
    return formatAddress(parseAddress(text));
  } catch {
    return undefined;
  }
}

/** Whether it is this machine by its very name. */
export function isLoopback({ host }: Address): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.\d+){3}$/.test(host)
  );
}
