/** Vote: dots, choices or stances on options. Its faces on phone, console and projector. */

import { lazy, warmFaces } from "../components/lazy.js";
import { VotePhone } from "../components/vote_phone.js";

export const faces = warmFaces({
  phone: VotePhone,
  console: lazy(() => import("../components/vote_console.js").then(file => file.VoteConsole)),
  projector: lazy(() => import("../components/vote_projector.js").then(file => file.VoteProjector)),
});
