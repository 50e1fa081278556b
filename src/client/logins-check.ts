import { canonicalAddress } from "./address.ts";

/** Of the file; a later one may mean other things by the same words. */
export const FORMAT_VERSION = 1;
const LOGIN_KEYS: readonly string[] = ["name", "address", "cacert", "cert", "key"];

export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** All that is wrong with the data of a logins file, and where; nothing for a valid one. */
export function checkLogins(data: unknown): Problem[] {
  if (!isMap(data)) return [{ path: [], message: "must be a map of version, current and logins" }];
  const version = data["version"];
  if (typeof version === "number" && version > FORMAT_VERSION) {
    return [
      {
        path: ["version"],
        message: `format ${version} was written by a newer lpr, this one reads ${FORMAT_VERSION}`,
      },
    ];
  }
  const problems: Problem[] = [];
  const report = (path: Problem["path"], message: string) => problems.push({ path, message });
  if (version !== FORMAT_VERSION)
    report(["version"], `version must be ${FORMAT_VERSION}, got ${show(version)}`);
  for (const key of Object.keys(data)) {
    if (!["version", "current", "logins"].includes(key)) report([key], `unknown key ${key}`);
  }
  const logins = data["logins"] ?? [];
  if (!Array.isArray(logins))
    return [...problems, { path: ["logins"], message: `logins must be a list, got ${show(logins)}` }];
  logins.forEach((login: unknown, index) => {
    const path = ["logins", index];
    if (!isMap(login)) {
      report(path, `a login must be a map, got ${show(login)}`);
      return;
    }
    for (const key of Object.keys(login)) {
      if (!LOGIN_KEYS.includes(key)) report([...path, key], `unknown key ${key}`);
    }
    for (const key of LOGIN_KEYS) {
      const value = login[key];
      if (typeof value !== "string" || value === "")
        report([...path, key], `${key} must be a text, got ${show(value)}`);
    }
    if (typeof login["address"] === "string" && canonicalAddress(login["address"]) !== login["address"]) {
      report([...path, "address"], `address must be host:port, got ${show(login["address"])}`);
    }
  });
  const names = logins.map((login) => (isMap(login) ? login["name"] : undefined));
  names.forEach((name, index) => {
    if (name !== undefined && names.indexOf(name) < index)
      report(["logins", index, "name"], `name ${show(name)} is there twice`);
  });
  const current = data["current"];
  if (current !== undefined && !logins.some((login) => isMap(login) && login["name"] === current)) {
    report(["current"], `current must be the name of a login, got ${show(current)}`);
  }
  return problems;
}

/** The problems by line, one a line of text; the file's syntax errors when it has any. */
export async function locate(path: string, text: string, problems: readonly Problem[]): Promise<string> {
  const { LineCounter, parseDocument, isNode } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined) =>
    offset === undefined ? path : `${path}:${lines.linePos(offset).line}`;
  const syntax = document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  const found = problems.map(({ path: keys, message }) => {
    // A missing key has no place of its own: its parent's is the next best.
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
      if (isNode(node) && node.range) return `${at(node.range[0])}: ${message}`;
    }
    return `${path}: ${message}`;
  });
  const all = [...syntax, ...found];
  return all.length > 0 ? all.join("\n") : `${path} is not valid YAML`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
