import { expect, test } from "bun:test";
import { identified, startJob } from "../../src/cli/start-job.ts";
import type { Client, RunCall } from "../../src/client/client.ts";
import { JobError } from "../../src/job/errors.ts";
import type { RunOutput } from "../../src/job/types.ts";

const output: RunOutput = { name: "foo", id: "id-1", existing: false };
/** As the client has them: what was on its way has a cause, what could not be sent has none. */
const lost = () => new JobError("UNAVAILABLE", "the connection was lost", { cause: new Error("14") });
const unreachable = () => new JobError("UNAVAILABLE", "no agent listens", { hint: "start it" });

function clientWith(...answers: (RunOutput | JobError)[]) {
  const sent: RunCall[] = [];
  const run = async (input: RunCall) => {
    sent.push(input);
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer instanceof JobError) throw answer;
    return answer;
  };
  return { client: { run } as unknown as Client, sent };
}

function start(client: Client, input: Partial<RunCall> = {}, patienceMs?: number) {
  const notes: string[] = [];
  const started = startJob(client, identified({ name: "foo", command: "ls", ...input }), {
    signal: new AbortController().signal,
    note: (text) => void notes.push(text),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return { started, notes };
}

test("a run whose answer was lost is sent again with the same id, also while the agent is away", async () => {
  const { client, sent } = clientWith(lost(), unreachable(), output);
  const { started, notes } = start(client);
  expect(await started).toBe(output);
  expect(sent).toHaveLength(3);
  expect(sent[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(1);
  expect(notes).toEqual([
    "lost the agent while it was starting the job, trying again (the connection was lost)",
  ]);
});

test("two runs have two ids, and an id of the user's own is kept", async () => {
  const ids = [identified({ command: "ls" }), identified({ command: "ls" })].map((it) => it.requestId);
  expect(new Set(ids).size).toBe(2);
  expect(identified({ command: "ls", requestId: "mine" }).requestId).toBe("mine");
});

test("an agent that was never reached is reported at once", async () => {
  const { client, sent } = clientWith(unreachable());
  await expect(start(client).started).rejects.toMatchObject({ code: "UNAVAILABLE", hint: "start it" });
  expect(sent).toHaveLength(1);
});

test("who gives up says how to find out, with the id that makes it safe to try again", async () => {
  const { client } = clientWith(lost(), unreachable());
  await expect(start(client, { requestId: "mine" }, 50).started).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: "no agent listens",
    hint: expect.stringContaining("--request-id mine"),
  });
});

test("an answer is an answer: nothing else is tried again", async () => {
  const { client, sent } = clientWith(new JobError("QUOTA_EXCEEDED", "too many", { cause: new Error("8") }));
  await expect(start(client).started).rejects.toThrow("too many");
  expect(sent).toHaveLength(1);
});

test("a taken name says how to go on", async () => {
  const taken = new JobError("NAME_TAKEN", 'there is a job named "foo" already', { hint: "for programs" });
  const { client } = clientWith(taken);
  const error = await start(client).started.catch((it) => it);
  expect(error.message).toBe('there is a job named "foo" already');
  for (const words of ["--if-exists attach", "--if-exists replace", "lpr job rm foo"]) {
    expect(error.hint).toContain(words);
  }
  expect(start(client, { ifExists: "replace" }).started).rejects.toMatchObject({
    hint: expect.stringContaining("somebody else"),
  });
});

test("complaints name options, and leave what was given as it is", async () => {
  const complaint =
    'limits.cpuCores must be a number, got 9; workingDir must be absolute, got "workingDir \\" limits.pids"; limits.pids bad';
  const { client } = clientWith(new JobError("INVALID_INPUT", complaint));
  await expect(start(client).started).rejects.toThrow(
    '--cpu must be a number, got 9; --workdir must be absolute, got "workingDir \\" limits.pids"; --pids bad',
  );
  const host = new JobError(
    "HOST_UNSUPPORTED",
    "this host cannot enforce memoryBytes, pids: the pids controller is not available; pids.max is missing",
  );
  await expect(start(clientWith(host).client).started).rejects.toThrow(
    "this host cannot enforce --memory, --pids: the pids controller is not available; pids.max is missing",
  );
});
