/** One's own ideas as this phone knows them: what the server has, with what is still under way laid over it. */

const TOUCH = new Set(["ideas.edit", "ideas.withdraw", "ideas.publish", "ideas.assign"]);

function overlay(idea, { name, words, state, answer }, entry) {
  if (answer && !answer.ok) return name === "ideas.add" ? { ...idea, state, entry } : { ...idea, problem: entry };
  if (name === "ideas.withdraw") return null;
  if (name === "ideas.edit") return { ...idea, text: words.text, state, entry };
  if (name === "ideas.publish") return { ...idea, publish: words.publish };
  return { ...idea, challenge: words.challenge };
}

function fresh(entry) {
  const { words, at, state } = entry;
  return { id: words.idea, text: words.text, challenge: words.challenge || null, publish: words.publish !== false, at, state, entry, status: "sent", activity: words.activity };
}

/**
 * The own ideas of an activity (of all without one), newest first:
 * {id, number, text, status, at, publish, challenge, state (outbox), entry (what is under way), problem (a refused change)}.
 */
export function ownIdeas(room, activity) {
  const here = one => !activity || one.activity === activity.id;
  const ideas = new Map();
  for (const row of room.rows("ideas")) {
    if (row.mine && here(row) && row.status !== "withdrawn") ideas.set(row.id, { ...row, state: "saved" });
  }
  for (const entry of room.outbox.entries.value) {
    const { name, words } = entry;
    if (name === "ideas.add" && here(words) && !ideas.has(words.idea)) ideas.set(words.idea, fresh(entry));
    else if (TOUCH.has(name)) {
      for (const id of words.ideas || [words.idea]) {
        const idea = ideas.get(id);
        const next = idea && overlay(idea, entry, entry);
        if (next) ideas.set(id, next);
        else if (idea) ideas.delete(id);
      }
    }
  }
  return [...ideas.values()].sort((one, other) => (other.at || 0) - (one.at || 0));
}

/** Rewords an own idea: in the outbox where it never left this phone, else by a command. */
export function reword(room, idea, text) {
  const { entry } = idea;
  const unsent = entry && !entry.answer && (entry.name === "ideas.add" || entry.name === "ideas.edit");
  if (unsent && room.outbox.amend(entry.id, { ...entry.words, text })) return Promise.resolve({ ok: true });
  return room.send("ideas.edit", { idea: idea.id, text });
}

/** Takes an own idea back. */
export function withdraw(room, idea) {
  const { entry } = idea;
  if (entry && entry.name === "ideas.add" && room.outbox.dismiss(entry.id)) return Promise.resolve({ ok: true });
  return room.send("ideas.withdraw", { idea: idea.id });
}
