/** What an activity is and how it is set, in words: the line above the question. */

const SHOWS = { text: "console.kind.text", break: "console.kind.break", challenges: "console.kind.challenges", teams: "console.kind.teams", wall: "console.kind.wall" };

/** The kind of an activity in one or two words: "Dot vote", "Break". */
export function kindOf(t, activity) {
  const settings = activity.settings || {};
  if (activity.type === "present") return t(SHOWS[settings.show] || SHOWS.text);
  if (activity.type === "vote") return t(`console.kind.vote.${settings.shape || "points"}`);
  return t(`console.kind.${activity.type}`);
}

function voteWords(t, settings, round) {
  const words = [];
  if (settings.shape === "points") words.push(t("console.set.dots", { n: settings.budget }));
  if (settings.shape === "choices" && settings.max && settings.max < 2000) words.push(t("console.set.choices", { n: settings.max }));
  if (settings.add_own) words.push(t("console.set.add_own"));
  words.push(settings.secret === false ? t("console.set.named") : t("console.set.secret"));
  if (round && round.run > 1) words.push(t("console.set.run", { run: round.run }));
  return words;
}

const WORDS = {
  vote: voteWords,
  collect: (t, settings) => [
    t(settings.visibility === "live" ? "console.set.live" : "console.set.private"),
    t(`console.set.authors.${settings.authors || "anonymous"}`),
    settings.limit ? t("console.set.limit", { n: settings.limit }) : "",
    settings.moderated ? t("console.set.moderated") : "",
  ],
  sort: (t, settings) => [t(settings.by === "all" ? "console.set.by_all" : "console.set.by_facilitator")],
  present: () => [],
};

/** ["Dot vote", "5 dots each", "names never stored with votes"]. */
export function settingWords(room, activity) {
  const { t } = room;
  const settings = activity.settings || {};
  const round = activity.round ? room.row("rounds", activity.round) : null;
  return [kindOf(t, activity), ...(WORDS[activity.type] || WORDS.present)(t, settings, round)].filter(Boolean);
}
