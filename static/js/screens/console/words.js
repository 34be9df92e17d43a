/** What an activity is and how it is set, in words: the line above the question. */

const SHOWS = { text: "console.kind.text", break: "console.kind.break", challenges: "console.kind.challenges", teams: "console.kind.teams", wall: "console.kind.wall" };

/** The kind of an activity in one or two words: "Dot vote", "Break". */
export function kindOf(t, activity) {
  const settings = activity.settings || {};
  if (activity.type === "present") return t(SHOWS[settings.show] || SHOWS.text);
  if (activity.type === "vote") return t(`method.${settings.method || "dots"}`);
  return t(`console.kind.${activity.type}`);
}

/** What a method is set to, where that is worth a word. */
const METHOD_WORDS = {
  dots: (t, { budget }) => t("console.set.dots", { n: budget }),
  quadratic: (t, { budget }) => t("console.set.credits", { n: budget }),
  approval: (t, { max }) => (max && max < 2000 ? t("console.set.choices", { n: max }) : ""),
  stv: (t, { seats }) => t("console.set.seats", { n: seats }),
  majority: (t, { majority, quorum }) => [t(`activity.set.majority.${majority || "simple"}`), quorum ? t("console.set.quorum", { n: quorum }) : ""].filter(Boolean).join(" · "),
  "equal-shares": (t, { money }) => t("console.set.money", { n: money }),
  greedy: (t, { money }) => t("console.set.money", { n: money }),
};

function voteWords(t, settings, round) {
  const set = METHOD_WORDS[settings.method];
  const words = [set ? set(t, settings) : ""];
  if (settings.add_own) words.push(t("console.set.add_own"));
  words.push(settings.secret === false ? t("console.set.named") : t("console.set.secret"));
  if (settings.roll === "frozen") words.push(t("console.set.roll"));
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
