/** Vote: dots, choices or stances on options, rankings, scales, pairs and carts. Its faces on phone, console and projector. */

import { lazy, warmFaces } from "../components/lazy.js";
import { VotePhone, ballotHere } from "../components/vote_phone.js";
import { readBoot } from "../core/room.js";

const boot = readBoot();

export const faces = warmFaces({
  get phone() { return boot.kind !== "phone" || ballotHere(boot) ? VotePhone : null; },
  console: lazy(() => import("../components/vote_console.js").then(file => file.VoteConsole)),
  projector: lazy(() => import("../components/vote_projector.js").then(file => file.VoteProjector)),
});
