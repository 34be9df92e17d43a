/** The button "Done" of every dock; a second press takes it back. */

import { isDone, sayDone } from "../core/done.js";
import { announce } from "../core/live.js";
import { html } from "../vendor/ui.js";
import { Icon } from "./icons.js";

/** `ready`: everything that can be done is done, so the button is the primary one; `missing`: what has to be done before, told by `tell`; `member`: for whom. */
export function Done({ room, activity, ready = false, missing = "", tell, member = null }) {
  const { t } = room;
  const done = isDone(room, activity, member);
  const press = () => {
    if (missing && !done) {
      tell(missing);
      announce(missing);
      return;
    }
    sayDone(room, activity, !done, member);
    announce(done ? t("phone.done.taken_back") : t("phone.done.said"));
  };
  return html`<button class=${`btn done-btn${ready && !done ? " primary" : ""}`} type="button" aria-pressed=${String(done)} onClick=${press}>
    ${done && html`<${Icon} name="check" size=${18} />`}${t("phone.done.done")}</button>`;
}
