import { afterEach, expect, test } from "bun:test";
import { run } from "../../src/cli/run.ts";
import { errorOf } from "../helpers/job-service.ts";

const { platform } = process;
afterEach(() => {
  Object.defineProperty(process, "platform", { value: platform });
});

test("an agent is refused where there is no Linux, and told what lpr is there", async () => {
  Object.defineProperty(process, "platform", { value: "darwin" });
  expect(await errorOf(run(["agent", "serve"]))).toMatchObject({
    code: "HOST_UNSUPPORTED",
    message: "agents run on Linux, this is darwin",
    hint: expect.stringContaining("lpr is a client"),
  });
});
