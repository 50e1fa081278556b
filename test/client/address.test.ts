import { expect, test } from "bun:test";
import { formatAddress, parseAddress } from "../../src/client/address.ts";

test.each([
  ["example.com", "example.com:50051"],
  ["example.com:6000", "example.com:6000"],
  ["http://example.com", "example.com:50051"],
  ["https://Example.com/", "example.com:50051"],
  ["grpcs://10.0.0.7:1", "10.0.0.7:1"],
  ["::1", "[::1]:50051"],
  ["[::1]", "[::1]:50051"],
  ["[fe80::1]:6000", "[fe80::1]:6000"],
  [" my_host ", "my_host:50051"],
  ["host.", "host.:50051"],
])("%p is the agent at %p", (text, expected) => {
  expect(formatAddress(parseAddress(text))).toBe(expected);
});

test("the scheme is kept for whoever wants to remark on it", () => {
  expect(parseAddress("HTTP://example.com")).toEqual({ host: "example.com", port: 50051, scheme: "http" });
  expect(parseAddress("example.com")).not.toHaveProperty("scheme");
});

test.each([
  ["", "names no host"],
  ["http://", "names no host"],
  ["host:0", "1 to 65535"],
  ["host:65536", "1 to 65535"],
  ["host:", "1 to 65535"],
  ["host:http", "1 to 65535"],
  ["host/path", "no path"],
  ["me@host", "from your certificate"],
  ["a b", "bad host"],
  ["-x", "bad host"],
  ["[::1", "bad host"],
  ["[host]:1", "bad host"],
  ["a\nb", "bad host"],
])("%p is refused: %s", (text, why) => {
  expect(() => parseAddress(text)).toThrow(why);
});
