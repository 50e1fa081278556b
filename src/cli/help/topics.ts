/** What `lpr help TOPIC` tells: the manuals of docs/, embedded. */
export interface Topic {
  readonly name: string;
  /** One line for the list of topics, no full stop. */
  readonly summary: string;
  /** Its manual below docs/. */
  readonly file: string;
  /** The manual, in Markdown. */
  load(): Promise<string>;
}

function topic(
  name: string,
  summary: string,
  file: string,
  load: () => Promise<{ readonly default: string }>,
): Topic {
  return { name, summary, file, load: async () => (await load()).default };
}

export const TOPICS: readonly Topic[] = [
  topic(
    "job.yaml",
    "Job files: name, command, flags and every option of job run",
    "job-yaml.md",
    () => import("../../../docs/job-yaml.md", { with: { type: "text" } }),
  ),
  topic(
    "limits",
    "What each limit means, and what a host must have",
    "limits.md",
    () => import("../../../docs/limits.md", { with: { type: "text" } }),
  ),
  topic(
    "fleets",
    "Many hosts with one queue: setting it up, running jobs there",
    "fleet.md",
    () => import("../../../docs/fleet.md", { with: { type: "text" } }),
  ),
  topic(
    "output",
    "The keys of -o json and -o yaml",
    "output.md",
    () => import("../../../docs/output.md", { with: { type: "text" } }),
  ),
  topic(
    "exit-codes",
    "What each exit code means",
    "exit-codes.md",
    () => import("../../../docs/exit-codes.md", { with: { type: "text" } }),
  ),
  topic(
    "environment",
    "Variables that LPR reads, and what a job gets",
    "environment.md",
    () => import("../../../docs/environment.md", { with: { type: "text" } }),
  ),
  topic(
    "certificates",
    "Who is who: making, handing out and renewing certificates",
    "certificates.md",
    () => import("../../../docs/certificates.md", { with: { type: "text" } }),
  ),
  topic(
    "operations",
    "Running an agent: configuration, systemd, upgrades, backup",
    "operations.md",
    () => import("../../../docs/operations.md", { with: { type: "text" } }),
  ),
];

export function findTopic(word: string): Topic | undefined {
  return TOPICS.find(({ name }) => name === word.toLowerCase());
}

/** The topic that a link within the manuals leads to. */
export function findTopicByFile(target: string): Topic | undefined {
  return TOPICS.find(({ file }) => file === target.replace(/#.*/, ""));
}
