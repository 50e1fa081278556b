/** Longest time setTimeout takes, in milliseconds; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls back once at the given time, at once if it has passed, however far away it is. Keeps no process alive. */
export function callAt(time: Date, callback: () => void): Disposable {
  let timer: NodeJS.Timeout;
  const arm = () => {
    const left = Math.max(0, time.getTime() - Date.now());
    timer = left > LONGEST_MS ? setTimeout(arm, LONGEST_MS) : setTimeout(callback, left);
    timer.unref();
  };
  arm();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
