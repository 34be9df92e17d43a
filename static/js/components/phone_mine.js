/** "What I wrote": everything of this person by step, to read, change while it is open, and keep. */

import { html, useEffect, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { Note } from "./note.js";
import { ownIdeas } from "./own_ideas.js";
import { Rescue } from "./phone_rescue.js";
import { Receipt } from "./receipt.js";

/** One's own ideas of all steps as plain text, to keep. */
function download(room, steps) {
  const { t, event } = room;
  const parts = steps.map(([title, ideas]) => [title, ...ideas.map(idea => (idea.number ? `${idea.number}. ${idea.text}` : idea.text))].join("\n"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([[event.title, ...parts].join("\n\n")], { type: "text/plain" }));
  link.download = `${t("phone.mine.file")}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The receipts of one's ballots, and of those one cast for others, by vote. */
function Receipts({ room }) {
  const { t } = room;
  const papers = room.rows("rounds").map(round => {
    const paper = room.paper(round.id);
    return [round, [["", paper.receipt], ...(paper.held || []).map(one => [one.name || t("vote.for.nobody"), one.receipt])].filter(([, receipt]) => receipt)];
  }).filter(([, receipts]) => receipts.length);
  if (!papers.length) return null;
  return html`<section><h2 class="head">${t("phone.mine.ballots")}</h2>${papers.map(([round, receipts]) => html`<div class="note" key=${round.id}>
    <p class="say" dir="auto">${round.question || (room.row("activities", round.activity) || {}).title}</p>
    ${receipts.map(([name, receipt]) => html`${name && html`<p class="small" dir="auto">${t("vote.for.ballot", { name })}</p>`}<${Receipt} room=${room} round=${round} receipt=${receipt} brief />`)}</div>`)}
    <p class="small muted method">${t("vote.receipt.what")}</p></section>`;
}

/** Everything that this person wrote, by step; `back()` returns to the room. */
export function Mine({ room, back }) {
  const { t, event } = room;
  const [kept, setKept] = useState(false);
  const ideas = ownIdeas(room, null);
  const steps = room.rows("activities").map(activity => [activity, ideas.filter(idea => idea.activity === activity.id)]).filter(([, own]) => own.length);
  const date = event.delete_at && room.date(event.delete_at, { day: "numeric", month: "long", year: "numeric" });
  useEffect(() => { if (kept) setTimeout(() => setKept(false), 3000); }, [kept]);
  const keep = () => { download(room, steps.map(([activity, own]) => [activity.question || activity.title, own])); setKept(true); };
  return html`<main class="main quiet" id="main"><h1 class="q ask short">${t("phone.mine.title")}</h1>
    ${!steps.length && html`<p class="say empty">${t("phone.mine.empty")}</p>`}
    ${steps.map(([activity, own]) => html`<section key=${activity.id}><h2 class="head" dir="auto">${activity.question || activity.title}</h2>
      <ul class="notes">${own.map(idea => html`<${Note} key=${idea.id} room=${room} idea=${idea} open=${activity.status === "running"} limit=${(activity.settings || {}).text_limit || 200} />`)}</ul></section>`)}
    <${Rescue} room=${room} notes=${false} />
    <${Receipts} room=${room} />
    ${date && html`<p class="small muted method">${t("phone.mine.deleted", { date })}</p>`}
    <p class="method"><a href=${`/s/${room.event.code || room.boot.code}/mine`}>${t("phone.mine.data")}</a></p></main>
    <section class="dock" aria-label=${t("phone.mine.title")}><div class="row between"><button class="btn" type="button" onClick=${back}><${Icon} name="back" />${t("phone.mine.back")}</button>
      ${steps.length > 0 && html`<button class="btn ghost" type="button" onClick=${keep}>${kept ? t("phone.mine.kept") : t("phone.mine.download")}</button>`}</div></section>`;
}
