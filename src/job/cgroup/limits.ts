/**
 * What a job may use at most. Absent fields are unlimited. All but `openFiles` are enforced by the job's cgroup,
 * for the whole tree of its processes together, and need capability level "limits".
 */
export interface Limits {
  /** Processor time, in cores: 0.5 is half of one, 2 two whole ones. 0.01 to 1024, in steps of 0.00001. */
  readonly cpuCores?: number | undefined;
  /**
   * Memory with page cache, in bytes; from 4 MiB on. Rounded down to whole pages. Swap is off for such a job,
   * and where it needs more, all of its processes are killed.
   */
  readonly memoryBytes?: number | undefined;
  /** Processes and threads at a time, 1 to 4194304: what goes beyond fails with EAGAIN in fork(2). */
  readonly pids?: number | undefined;
  /** Bytes a second read from the disk, from 64 KiB on. The page cache is not limited. */
  readonly ioReadBytesPerSecond?: number | undefined;
  /** Bytes a second written to the disk, from 64 KiB on. */
  readonly ioWriteBytesPerSecond?: number | undefined;
  /** Read requests to the disk a second, 1 to 4294967294. */
  readonly ioReadOpsPerSecond?: number | undefined;
  /** Write requests to the disk a second, 1 to 4294967294. */
  readonly ioWriteOpsPerSecond?: number | undefined;
  /** The disk of the io limits: `MAJ:MIN` or a path below /dev. @default the whole disk behind the job's directory */
  readonly ioDevice?: string | undefined;
  /** Open files of each process, soft and hard: RLIMIT_NOFILE, 16 to 1048576. Enforced at every capability level. */
  readonly openFiles?: number | undefined;
}

/** Limits in the making. */
export type LimitsDraft = { -readonly [Name in keyof Limits]: Limits[Name] };

const MIB = 2 ** 20;
/** A shell with less is killed before it gets to execute its command. */
const MIN_MEMORY_BYTES = 4 * MIB;
/** One read-ahead of 1 MiB, which not even SIGKILL interrupts, is then over in 16 s. */
const MIN_IO_BYTES = 64 * 1024;
/** The largest number in io.max is UINT_MAX, and that one means unlimited. */
const MAX_IO_OPS = 2 ** 32 - 2;
/** PID_MAX_LIMIT of 64-bit kernels. */
const MAX_PIDS = 4_194_304;
/** fs.nr_open as the kernel has it at boot; no process can have more. */
const MAX_OPEN_FILES = 1_048_576;
const MAX_CORES = 1024;

interface NumberRule {
  readonly min: number;
  readonly max: number;
  /** Whether parts of one make sense. */
  readonly fractions?: boolean;
}

const NUMBER_RULES = {
  cpuCores: { min: 0.01, max: MAX_CORES, fractions: true },
  memoryBytes: { min: MIN_MEMORY_BYTES, max: Number.MAX_SAFE_INTEGER },
  pids: { min: 1, max: MAX_PIDS },
  ioReadBytesPerSecond: { min: MIN_IO_BYTES, max: Number.MAX_SAFE_INTEGER },
  ioWriteBytesPerSecond: { min: MIN_IO_BYTES, max: Number.MAX_SAFE_INTEGER },
  ioReadOpsPerSecond: { min: 1, max: MAX_IO_OPS },
  ioWriteOpsPerSecond: { min: 1, max: MAX_IO_OPS },
  openFiles: { min: 16, max: MAX_OPEN_FILES },
} as const satisfies Partial<Record<keyof Limits, NumberRule>>;

export type NumericLimit = keyof typeof NUMBER_RULES;
export const NUMERIC_LIMITS = Object.keys(NUMBER_RULES) as readonly NumericLimit[];

/** Names of all limits. */
const LIMIT_NAMES: readonly (keyof Limits)[] = [...NUMERIC_LIMITS, "ioDevice"];

/** Those that need the io controller, and a disk. */
export const IO_LIMITS = [
  "ioReadBytesPerSecond",
  "ioWriteBytesPerSecond",
  "ioReadOpsPerSecond",
  "ioWriteOpsPerSecond",
] as const satisfies readonly NumericLimit[];

/** Everything that is wrong with the limits: field, rule, the value given. */
export function limitIssues(limits: Limits): string[] {
  const given = limits as unknown;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return [`limits must be an object, got ${show(given)}`];
  }
  const issues: string[] = [];
  for (const name of NUMERIC_LIMITS) {
    const value = limits[name];
    const { min, max, fractions }: NumberRule = NUMBER_RULES[name];
    const isNumber = fractions ? Number.isFinite(value) : Number.isSafeInteger(value);
    if (value !== undefined && !(isNumber && value >= min && value <= max)) {
      const kind = fractions ? "a number" : "an integer";
      issues.push(`limits.${name} must be ${kind} from ${min} to ${max}, got ${show(value)}`);
    }
  }
  const { ioDevice } = limits;
  if (ioDevice !== undefined && !isDevice(ioDevice)) {
    issues.push(`limits.ioDevice must be MAJ:MIN or a path below /dev, got ${show(ioDevice)}`);
  }
  const unknown = Object.keys(given).filter((name) => !(LIMIT_NAMES as readonly string[]).includes(name));
  for (const name of unknown) {
    issues.push(`limits must hold only ${LIMIT_NAMES.join(", ")}, got ${show(name)}`);
  }
  return issues;
}

/** Names of the limits given that only a cgroup can enforce. */
export function cgroupLimitsIn(limits: Limits): (keyof Limits)[] {
  return LIMIT_NAMES.filter((name) => name !== "openFiles" && limits[name] !== undefined);
}

function isDevice(value: unknown): boolean {
  return (
    typeof value === "string" &&
    (/^\d{1,4}:\d{1,7}$/.test(value) || (/^\/dev\/[^\0]{1,200}$/.test(value) && !value.includes("..")))
  );
}

function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
