/** Vote: dots, choices or stances on options. Its faces on phone, console and projector. */

import { lazy } from "../components/lazy.js";
import { style } from "../components/style.js";
import { VotePhone } from "../components/vote_phone.js";

style("vote");

export const faces = {
  phone: VotePhone,
  console: lazy(() => import("../components/vote_console.js").then(file => file.VoteConsole)),
  projector: lazy(() => import("../components/vote_projector.js").then(file => file.VoteProjector)),
};
