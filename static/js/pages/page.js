/** What every page gains from scripts: times in the reader's zone, copying, choices that are sent at once, display choices. */

import { read, write } from "./display.js";

const language = document.documentElement.lang;
const FORMS = {
  time: { hour: "2-digit", minute: "2-digit", hour12: false },
  date: { day: "numeric", month: "long", year: "numeric" },
  datetime: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false },
};

/** Moments in the reader's own zone. */
function localise(root) {
  for (const time of root.querySelectorAll("time[data-kind]")) {
    const at = new Date(time.dateTime);
    const zone = -at.getTimezoneOffset();
    const server = /([+-])(\d\d):(\d\d)/.exec(time.dateTime.slice(19)) || ["", "+", "0", "0"];
    const same = zone === (server[1] === "-" ? -1 : 1) * (Number(server[2]) * 60 + Number(server[3]));
    if (!same) time.textContent = new Intl.DateTimeFormat(language, FORMS[time.dataset.kind]).format(at);
  }
}

/** Fields of date and time hold the reader's zone: the server is told by how much it is behind UTC. */
function offsets(root) {
  for (const field of root.querySelectorAll("input[name=offset]")) field.value = String(new Date().getTimezoneOffset());
  for (const field of root.querySelectorAll("input[type=datetime-local][data-ms]")) {
    const at = new Date(Number(field.dataset.ms));
    field.value = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

function copying(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(document.getElementById(button.dataset.copy).value);
      if (button.dataset.done) button.lastChild.textContent = ` ${button.dataset.done}`;
    });
  }
}

/** Larger text and less motion, where a page offers them. */
function choices(root) {
  for (const group of root.querySelectorAll("[data-display]")) {
    group.hidden = false;
    for (const button of group.querySelectorAll("[data-set]")) {
      const { set, value } = button.dataset;
      const show = () => button.setAttribute("aria-pressed", String(read()[set] === value));
      button.addEventListener("click", () => {
        write({ ...read(), [set]: read()[set] === value ? null : value });
        show();
      });
      show();
    }
  }
}

write(read());
localise(document);
offsets(document);
copying(document);
choices(document);
for (const field of document.querySelectorAll("[data-submit]")) field.addEventListener("change", () => field.form.requestSubmit ? field.form.requestSubmit() : field.form.submit());
