/** Whether a promise takes longer than that; how it ends is for whoever awaits it. */
export async function isLate(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, true);
  const settled = () => resolve(false);
  promise.then(settled, settled);
  try {
    return await late;
  } finally {
    clearTimeout(timer);
  }
}
