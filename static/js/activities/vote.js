/** Vote: dots, choices or stances on options. Its faces on phone, console and projector. */

import { style } from "../components/style.js";
import { VoteConsole } from "../components/vote_console.js";
import { VotePhone } from "../components/vote_phone.js";
import { VoteProjector } from "../components/vote_projector.js";

style("vote");

export const faces = { phone: VotePhone, console: VoteConsole, projector: VoteProjector };
