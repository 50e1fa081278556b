import { JobError } from "../errors.ts";

export function nameTaken(name: string): JobError {
  return new JobError("NAME_TAKEN", `there is a job named ${JSON.stringify(name)} already`, {
    hint: "choose another name, or remove that job",
  });
}
