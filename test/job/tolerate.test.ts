import { expect, test } from "bun:test";
import type { JobError } from "../../src/job/index.ts";
import { tolerate } from "../../src/job/tolerate.ts";
import { errorOf } from "../helpers/job-service.ts";

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

test("what is wrong with one job is told of, and no reason to give up the others", async () => {
  const told: JobError[] = [];
  const tell = (error: JobError) => told.push(error);
  expect(await tolerate("it is read", tell, () => 7)).toBe(7);
  expect(await tolerate("it cannot be read", tell, failing("EIO"))).toBeUndefined();
  expect(told.map(({ message, cause }) => [message, String(cause)])).toEqual([
    ["it cannot be read", "Error: EIO"],
  ]);
});

test.each(["EMFILE", "ENFILE", "ENOMEM"])(
  "%s says nothing about a job, so none is given up",
  async (code) => {
    expect(await errorOf(tolerate("it cannot be read", () => undefined, failing(code)))).toMatchObject({
      code,
    });
  },
);
