/** The room reduced to what the projector may see, so that the console's small picture of it is true. */
import { cardsOpen } from "../../components/cards.js";

const OWN = new Set(["members", "seats", "participation", "practices", "ballots"]);
const HIDDEN_CHALLENGES = new Set(["draft", "proposed"]);

function resultsOpen(room, result) {
  const activity = room.row("activities", result.activity);
  const policy = (room.row("rounds", result.id) || {}).results;
  return policy === "live" || policy === "after_vote" || (policy === "close" && Boolean(activity && activity.revealed));
}

const MAY = {
  ideas(room, idea) {
    const activity = room.row("activities", idea.activity);
    return idea.status === "shown" && Boolean(activity) && cardsOpen(activity);
  },
  challenges: (room, challenge) => !HIDDEN_CHALLENGES.has(challenge.status),
  results: resultsOpen,
};

function may(room, collection, row) {
  return !OWN.has(collection) && (!MAY[collection] || MAY[collection](room, row));
}

/** A room that looks like the projector's: nothing that staff alone may see, no commands. */
export function asProjector(room) {
  const view = {
    kind: { value: "projector" },
    preview: { value: true },
    me: { value: { screen: true, staff: false } },
    send: { value: () => Promise.resolve({ ok: true }) },
    rows: { value: (collection) => room.rows(collection).filter((row) => may(room, collection, row)) },
    row: {
      value: (collection, id) => {
        const row = room.row(collection, id);
        return row && may(room, collection, row) ? row : undefined;
      },
    },
    figures: { value: (round) => ((room.row("rounds", round) || {}).results === "live" ? room.figures(round) : null) },
  };
  return Object.create(room, view);
}
