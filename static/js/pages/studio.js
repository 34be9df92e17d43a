/** What the studio gains from scripts: settings that depend on another one, finding a name, printing, keeping what was typed. */

/** Settings that mean something only with one value of another setting are shown with it. */
for (const rule of document.querySelectorAll("[data-rules]")) {
  const fields = rule.closest(".fields");
  const parts = [...fields.querySelectorAll("[class*='when-']")];
  const follow = () => {
    for (const part of parts) part.hidden = !part.classList.contains(`when-${rule.value}`);
  };
  rule.addEventListener("change", follow);
  follow();
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
