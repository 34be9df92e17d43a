/** What the studio gains from scripts: settings that depend on another one, finding a name, printing, keeping what was typed. */

const offers = JSON.parse((document.getElementById("offers") || { textContent: "{}" }).textContent);

/** The address of the preview for what a form holds now. */
function pictured(kind, fields) {
  const query = new URLSearchParams();
  for (const { name, value, type, checked } of fields.querySelectorAll("[name^='settings.']")) {
    const short = name.slice("settings.".length);
    if (!short.includes(".") && type !== "textarea") query.set(short, type === "checkbox" ? checked : value);
  }
  return `/studio/preview/${kind}?${query}`;
}

/** Settings that mean something only with one value of another setting are shown with it; a method says when to pick it. */
for (const rule of document.querySelectorAll("[data-rules]")) {
  const fields = rule.form;
  const parts = [...fields.querySelectorAll("[data-only]")];
  const frame = fields.querySelector("[data-preview]");
  let waiting = 0;
  const follow = () => {
    for (const part of parts) part.hidden = !part.dataset.only.split(" ").includes(rule.value);
    for (const place of fields.querySelectorAll("[data-said]")) place.textContent = (offers[rule.value] || {})[place.dataset.said] || "";
  };
  const picture = () => {
    const src = pictured(frame.dataset.preview, fields);
    if (frame.dataset.src !== src) frame.contentWindow.location.replace(src);
    frame.dataset.src = src;
  };
  rule.addEventListener("change", follow);
  if (frame) fields.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(picture, 300); });
  follow();
}

/** Tick everybody on a roll, or nobody. */
for (const row of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...row.closest("form").querySelectorAll("input[name^='on.']")];
  row.hidden = false;
  for (const button of row.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.tick === "all";
      boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

/** On a phone the navigation scrolls: the page one is on stands in view. */
const current = document.querySelector(".top nav [aria-current]");
if (current) current.closest("nav").scrollLeft = current.offsetLeft - 40;

for (const box of document.querySelectorAll("[data-find]")) {
  const rows = [...document.querySelectorAll(`#${box.dataset.find} tbody tr`)];
  const field = box.querySelector("input");
  box.hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** A page that was changed and not sent asks before it is left. */
let touched = false;
document.addEventListener("input", event => {
  if (event.target.form && event.target.form.method === "post") touched = true;
});
document.addEventListener("submit", () => { touched = false; });
window.addEventListener("beforeunload", event => {
  if (touched) event.preventDefault();
});
