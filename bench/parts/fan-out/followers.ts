import { readFileSync } from "node:fs";
import { connect } from "../../../src/client/index.ts";

// Many followers of one job in one process, each over a connection of its own. Says when all follow; at the end how many
// bytes each has read. With "stops" every second one takes its first output and no more, and is not waited for.
const [name, count, habit] = process.argv.slice(2) as [string, string, string | undefined];
/** Handshakes at a time, so that none is late. */
const BATCH = 10;
const pem = (variable: string) => readFileSync(process.env[variable] ?? "", "utf8");
const client = connect({
  ...{
    address: process.env["LPR_ADDRESS"] ?? "",
    ca: pem("LPR_CACERT"),
    cert: pem("LPR_CERT"),
    key: pem("LPR_KEY"),
  },
});
let live = 0;
let onLive: () => void = () => undefined;
const read = async (stops: boolean) => {
  let bytes = 0;
  for await (const { output } of client.streamLogs({ name })) {
    if (bytes === 0) {
      live++;
      onLive();
    } else if (stops) await new Promise(() => undefined);
    bytes += output.length;
  }
  return bytes;
};
const followers: Promise<number>[] = [];
for (let n = 0; n < Number(count); n++) {
  const stops = habit === "stops" && n % 2 === 1;
  const reading = read(stops);
  if (!stops) followers.push(reading);
  if (n % BATCH < BATCH - 1 && n < Number(count) - 1) continue;
  await new Promise<void>((resolve) => {
    onLive = () => live > n && resolve();
    onLive();
  });
}
console.log("live");
console.log(JSON.stringify(await Promise.all(followers)));
process.exit(0);
