/** People as initials, in any script, with colour by number so that neighbours differ. */
import { html } from "../vendor/ui.js";

const TONES = ["nas", "sust", "incl", "inter", "qual"];

/** Two letters of a name in any script; without a name the person's number. */
export function initials(name, number) {
  const letters = Array.from((name || "").trim().replace(/[^\p{L}\p{N} ]/gu, ""));
  if (!letters.length) return String(number || "");
  return letters[0].toUpperCase() + (letters[1] && letters[1] !== " " ? letters[1] : "");
}

/** The class of a person's colour. */
export const tone = (number) => `t-${TONES[(number || 0) % TONES.length]}`;

/** What a person is called: the name, or "Person 12" where there is none or it is hidden. */
export function called(t, person) {
  return person.name && !person.name_hidden ? person.name : t("app.person", { number: person.number });
}

/** One person; decorative unless `label` is given. */
export function Avatar({ name, number, kind = "", label }) {
  const words = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return html`<span class=${`av ${kind || tone(number)}`} ...${words}>${initials(name, number)}</span>`;
}

/** A row of people who overlap a little, with all their names for readers; `more` beyond `most`, `free` as open seats. */
export function Avatars({ people, t, most = 8, free = 0 }) {
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  const names = people.map((person) => called(t, person)).join(", ");
  return html`<span class="avs" role="img" aria-label=${names || t("app.nobody")}>
    ${shown.map((person) => html`<${Avatar} key=${person.id} name=${person.name} number=${person.number} />`)}
    ${people.length > shown.length && html`<span class="av more" aria-hidden="true">${`+${people.length - shown.length}`}</span>`}
    ${free > 0 && html`<span class="av empty" aria-hidden="true">+</span>`}
  </span>`;
}
