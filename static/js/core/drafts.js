/** What is being written and was not sent yet: kept for each tab by itself, and taken over from tabs that are closed. */

import { forget, keep, kept, keysOf } from "./keep.js";
import { uuid } from "./uuid.js";

const PATIENCE = 300; // ms in which another tab says that it is there
const TAB = "facilitate.tab";

/** The name of this tab, which survives its reload. */
function nameOf() {
  try {
    const name = sessionStorage.getItem(TAB) || uuid();
    sessionStorage.setItem(TAB, name);
    return name;
  } catch {
    return uuid(); // a reload makes it a new tab, which finds the drafts of the old one
  }
}

function rename() {
  const name = uuid();
  try {
    sessionStorage.setItem(TAB, name);
  } catch {
    // The name lasts as long as the page.
  }
  return name;
}

/**
 * The drafts of a place (`prefix`): `draft(subject)` is {get, set}; `all()` the texts that are kept, of closed tabs too;
 * `ready` a promise: by then the newest drafts of closed tabs are in this one. It waits only where there are drafts.
 */
export function createDrafts(prefix, name = nameOf()) {
  const writing = `${prefix}writing.`;
  const call = `${prefix}tabs`;
  const me = uuid(); // this page: a tab that was duplicated bears the name of the other one
  let tab = name;
  let asking = false;
  const alive = new Set();

  const say = words => {
    keep(call, { from: me, ...words });
    forget(call);
  };
  const own = subject => `${writing}${tab}.${subject}`;
  const tabOf = key => key.slice(writing.length).split(".")[0];
  const subjectOf = key => key.slice(writing.length + tabOf(key).length + 1);

  function hear(event) {
    if (event.key !== call || !event.newValue) return;
    const { from, who, here } = JSON.parse(event.newValue);
    if (from === me) return;
    if (who && !asking) say({ here: tab });
    if (here) alive.add(here);
  }

  /** Takes the newest draft of each subject from tabs that did not answer, where this one has none. */
  function adopt() {
    asking = false;
    if (alive.has(tab)) tab = rename();
    const orphans = keysOf(writing).filter(key => tabOf(key) !== tab && !alive.has(tabOf(key)) && kept(key));
    orphans.sort((one, other) => kept(other).at - kept(one).at);
    for (const key of orphans) {
      if (kept(own(subjectOf(key)))) continue;
      keep(own(subjectOf(key)), kept(key));
      forget(key);
    }
  }

  window.addEventListener("storage", hear);
  let ready = Promise.resolve();
  if (keysOf(writing).length) {
    asking = true;
    say({ who: true });
    ready = new Promise(resolve => setTimeout(resolve, PATIENCE)).then(adopt);
  }

  return {
    ready,
    draft: subject => ({
      get: () => (kept(own(subject)) || { text: "" }).text,
      set: text => (text ? keep(own(subject), { text, at: Date.now() }) : forget(own(subject))),
    }),
    all: () => keysOf(writing).filter(key => !key.endsWith(".challenge")).map(kept).filter(Boolean).map(({ text }) => text),
    stop: () => window.removeEventListener("storage", hear),
  };
}
