/** What belongs to a counted result: who took part, ties, other methods, how sure it is, how it was counted, and the way to check it. */

import { html } from "../vendor/ui.js";
import { Named } from "./named.js";
import { percent } from "./result_numbers.js";
import { ResultBeside } from "./results.js";
import { ResultTable } from "./results_table.js";

const nameOf = row => (row ? `${row.number} · ${row.title}` : "");

/** What the lengths of the bars say, and of how many they are a part. */
export function barsKey(round) {
  return round.display === "bars" ? round.shape : round.display;
}

/** Whether the room may see the result, so that its file is there for anybody. */
function isOpen(room, round) {
  const activity = room.row("activities", round.activity);
  return round.results === "live" || round.results === "after_vote" || (round.results === "close" && Boolean(activity && activity.revealed));
}

/** Eligible, cast, valid, abstentions. */
export function Turnout({ room, result }) {
  const { t } = room;
  const { cast, eligible, valid, abstentions = eligible - cast } = result.base;
  return html`<p class="r-turnout">${t("vote.base", { n: cast, people: eligible })} ${percent(room, cast, eligible)} · ${t("vote.base_valid", { n: valid })} · ${t("vote.base_abstained", { n: abstentions })}</p>`;
}

const tiedAtTop = rows => rows.filter(row => row.rank === 1 && row.tied).length > 1;

/** Who would be first of those that share the first place, by which rules; and ties that the method broke on its way. */
export function Ties({ room, rows, result }) {
  const { t } = room;
  const { steps = [], order = [] } = result.settled || {};
  const broken = result.broken || [];
  const first = nameOf(rows.find(row => row.id === order[0]));
  return html`${steps.length > 0 && tiedAtTop(rows) && html`<p class="r-settled">${t("vote.settled", { name: first, steps: steps.join(" ") })}</p>`}
    ${broken.length > 0 && html`<p class="r-broken">${t("vote.broken", { steps: broken.join(" ") })}</p>`}`;
}

/** How places further down that are equal would be put in order, among the steps of the count. */
function Lower({ room, rows, result }) {
  const { steps = [], lower = [] } = result.settled || {};
  const said = tiedAtTop(rows) ? lower : [...steps, ...lower];
  return said.length > 0 && rows.some(row => row.tied) && html`<p>${room.t("vote.settled_lower", { steps: said.join(" ") })}</p>`;
}

/** Would another method have chosen differently? One sentence, and who wins by each. */
export function Others({ room, rows, result }) {
  const { t } = room;
  const { methods = [], depends = false } = result.others || {};
  if (methods.length < 2) return null;
  const byId = new Map(rows.map(row => [row.id, row]));
  const who = ids => ids.map(id => nameOf(byId.get(id))).filter(Boolean).join("; ");
  return html`<details class="d-more"><summary>${t("vote.others.title")} <b>${t(depends ? "vote.others.yes" : "vote.others.no")}</b></summary>
    <p>${depends ? t("vote.others.depends") : t("vote.others.same", { n: methods.length - 1 })}</p>
    <dl class="r-others">${methods.map(one => html`<dt key=${one.method}>${t(`method.${one.method}`)}</dt><dd dir="auto">${who(one.winners)}</dd>`)}</dl></details>`;
}

/** In how many resamples an option came first, and its usual places. */
export function Stability({ room, rows, result }) {
  const { t } = room;
  const { resamples: n = 0, options = {} } = result.stability || {};
  const known = rows.filter(row => options[row.id]);
  if (!n || !known.length) return null;
  const best = known[0];
  return html`<details class="d-more"><summary>${t("vote.stability.title")}</summary><p>${t("vote.stability.first", { first: options[best.id].first, n, name: nameOf(best) })}</p>
    <ul class="r-stability">${known.slice(0, 8).map(row => html`<li key=${row.id}><span dir="auto">${nameOf(row)}</span> <span>${t("vote.stability.usual", { from: options[row.id].usual[0], to: options[row.id].usual[1], first: options[row.id].first, n })}</span></li>`)}</ul>
    <p class="small muted">${t("vote.stability.note")}</p></details>`;
}

/** The method in a sentence and a paragraph, then the steps of this count. */
export function Counted({ room, round, rows, result }) {
  const { t } = room;
  return html`<details class="d-more"><summary>${t("vote.how.title")}</summary><p><b>${t(`method.${round.method}`)}.</b> ${t(`method.${round.method}.sentence`)}</p>
    <ol class="r-steps">${result.steps.map((step, index) => html`<li key=${index}>${step}</li>`)}</ol><${Lower} room=${room} rows=${rows} result=${result} /><p class="small muted">${t(`method.${round.method}.paragraph`)}</p></details>`;
}

/** The number announced at the count, and the file from which anybody can count again. */
export function Check({ room, round, result }) {
  const { t } = room;
  if (!result.checksum) return null;
  return html`<details class="d-more"><summary>${t("vote.how.check_number", { start: result.checksum.slice(0, 8) })}</summary><p><code class="r-check" lang="zxx">${result.checksum.match(/.{1,8}/g).join(" ")}</code></p>
    <p>${isOpen(room, round) ? html`<a href=${`/e/${room.event.slug}/results/${round.id}.json`} download>${t("vote.how.file")}</a>` : t("vote.how.file_later")}</p></details>`;
}

/** Everything below the rows of a counted result. */
export function ResultMore({ room, round, rows, result }) {
  const { t } = room;
  if (!result.base.cast) return null;
  return html`<div class="r-more"><${ResultBeside} room=${room} round=${round} rows=${rows} /><${Turnout} room=${room} result=${result} />
    <p class="r-bars small muted">${t(`vote.bars.${barsKey(round)}`, { n: result.base.valid })}${result.base.weight && ` ${t("vote.bars_weight", { n: result.base.weight })}`}</p><${Ties} room=${room} rows=${rows} result=${result} />
    <details class="d-more"><summary>${t("vote.table")}</summary><${ResultTable} room=${room} round=${round} rows=${rows} /></details>
    <${Counted} room=${room} round=${round} rows=${rows} result=${result} /><${Others} room=${room} rows=${rows} result=${result} /><${Stability} room=${room} rows=${rows} result=${result} /><${Named} room=${room} round=${round} /><${Check} room=${room} round=${round} result=${result} /></div>`;
}
