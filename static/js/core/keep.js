/** What this device keeps over a reload: localStorage, or memory where the browser denies it. */

const memory = new Map();

/** The value kept under a key, or null. */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/** Keeps a value that JSON can hold; says whether it will survive a reload. */
export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
    return true;
  } catch {
    memory.set(key, value);
    return false;
  }
}

/** Forgets a key. */
export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** The keys that begin so. */
export function keysOf(prefix) {
  const found = new Set([...memory.keys()].filter(key => key.startsWith(prefix)));
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      if (localStorage.key(index).startsWith(prefix)) found.add(localStorage.key(index));
    }
  } catch {
    // Memory has them all.
  }
  return [...found];
}
