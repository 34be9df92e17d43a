/** Components that are drawn again only when they have to be. */

import { memo } from "/static/js/components/memo.js";
import { html, render } from "/static/js/vendor/ui.js";
import { equal, test } from "./check.js";

test("a component is drawn anew when one of its props changes, and only then", () => {
  let drawn = 0;
  const Card = memo(({ text }) => {
    drawn += 1;
    return html`<p>${text}</p>`;
  });
  const box = document.createElement("div");
  const show = props => render(html`<${Card} ...${props} />`, box);
  show({ text: "a" });
  show({ text: "a" });
  equal(drawn, 1);
  show({ text: "b" });
  show({ text: "b", more: 1 });
  show({ text: "b" });
  equal([drawn, box.textContent], [4, "b"]);
});
