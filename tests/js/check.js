/** The smallest test runner: tests register themselves, `run` gives what failed. */

const tests = [];

/** Registers a test; it fails when it throws. */
export function test(name, body) {
  tests.push([name, body]);
}

/** Fails unless both are the same as JSON. */
export function equal(found, expected, what = "") {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what} found ${one}, expected ${other}`);
}

/** Waits. */
export const after = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Waits until something holds, at most two seconds. */
export async function until(holds, what = "it") {
  for (let tries = 0; tries < 200; tries += 1) {
    if (holds()) return;
    await after(10);
  }
  throw new Error(`${what} never happened`);
}

/** Runs every test in order; [[name, error or null], …]. */
export async function run() {
  const told = [];
  for (const [name, body] of tests) {
    localStorage.clear();
    try {
      await body();
      told.push([name, null]);
    } catch (error) {
      told.push([name, String((error && error.stack) || error)]);
    }
  }
  return told;
}
