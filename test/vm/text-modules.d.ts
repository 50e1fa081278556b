// Embedded into the guest, which has none of our files.
declare module "*.service" {
  const text: string;
  export default text;
}
