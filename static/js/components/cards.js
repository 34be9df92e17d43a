/** Which cards an activity works on, and how they lie in its groups: the same rule as the server's. */

const MAKES = new Set(["collect", "sort", "vote"]);

/** The activity whose items come into another one (fixed when it starts, expected before), or null. */
export function sourceOf(room, activity) {
  const settings = activity.settings || {};
  if (settings.source !== undefined) return (settings.source && room.row("activities", settings.source)) || null;
  const wanted = (settings.input || {}).from || "previous";
  if (wanted === "none") return null;
  if (wanted !== "previous") return room.row("activities", wanted) || null;
  const before = room.rows("activities").filter((one) => one.position < activity.position && MAKES.has(one.type) && one.status !== "skipped");
  return before[before.length - 1] || null;
}

/** The cards that an activity works on: those written in it, or those of what comes into it; shown ones, by number. */
export function cardsOf(room, activity, depth = 0) {
  if (!activity || depth > 20) return [];
  const shown = room.rows("ideas").filter((idea) => idea.status === "shown");
  if (activity.type === "collect") return shown.filter((idea) => idea.activity === activity.id);
  const items = (activity.settings || {}).items;
  if (items) {
    const wanted = new Set(items);
    return shown.filter((idea) => wanted.has(idea.id) || wanted.has(idea.group));
  }
  return cardsOf(room, sourceOf(room, activity), depth + 1);
}

/** {groups: [{group, cards}], loose: [cards]} of a sort, groups in their order. */
export function sorted(room, activity) {
  const groups = room.rows("groups").filter((group) => group.activity === activity.id);
  const place = new Map(groups.map((group) => [group.id, []]));
  const loose = [];
  for (const card of cardsOf(room, activity)) (place.get(card.group) || loose).push(card);
  return { groups: groups.map((group) => ({ group, cards: place.get(group.id) })), loose };
}

/** Whether the room may see the cards that were written in an activity. */
export function cardsOpen(activity) {
  return activity.revealed || activity.type === "vote" || (activity.settings || {}).visibility === "live";
}
