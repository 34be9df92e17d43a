/** Fetches the file of an activity type when it is first needed, and hands out one of its faces. */
import { signal } from "../vendor/ui.js";

const loaded = signal({});
const under = new Set();

function fetchFaces(type, wait = 500) {
  if (under.has(type)) return;
  under.add(type);
  import(`../activities/${type}.js`).then(
    (module) => { loaded.value = { ...loaded.peek(), [type]: module.faces }; },
    () => setTimeout(() => { under.delete(type); fetchFaces(type, Math.min(8000, wait * 2)); }, wait),
  );
}

/** The component for a type's face (phone, console, projector), or null while it is on its way. */
export function face(type, name) {
  const faces = loaded.value[type];
  if (!faces) fetchFaces(type);
  return (faces && faces[name]) || null;
}

/** Begin to fetch these types now, so that a change of step shows no gap. */
export function warm(types) {
  for (const type of types) if (!loaded.peek()[type]) fetchFaces(type);
}
