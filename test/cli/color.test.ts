import { expect, test } from "bun:test";
import { paintStatuses, wantsColor } from "../../src/cli/color.ts";

test("colour is for terminals only, and NO_COLOR is honoured", () => {
  expect(wantsColor({ isTTY: true }, {})).toBe(true);
  expect(wantsColor({ isTTY: true }, { NO_COLOR: "" })).toBe(true);
  expect(wantsColor({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
  expect(wantsColor({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  expect(wantsColor({}, {})).toBe(false);
});

test("only the status column is coloured", () => {
  expect(paintStatuses("NAME   STATUS\nfoo    FAILED   1   alice   echo FAILED\nRUNNING   RUNNING   -")).toBe(
    "NAME   STATUS\nfoo    \u001b[31mFAILED\u001b[0m   1   alice   echo FAILED\nRUNNING   \u001b[33mRUNNING\u001b[0m   -",
  );
  expect(paintStatuses("Name:     x\nStatus:   SUCCEEDED\nCommand:   echo RUNNING")).toBe(
    "Name:     x\nStatus:   \u001b[32mSUCCEEDED\u001b[0m\nCommand:   echo RUNNING",
  );
});
