// Files that the build embeds: `import shim from "./shim.sh" with { type: "text" }`.
declare module "*.sh" {
  const text: string;
  export default text;
}
