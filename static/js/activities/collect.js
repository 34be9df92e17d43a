/** Collect: people write ideas. Its faces on phone, console and projector. */

import { CollectConsole } from "../components/collect_console.js";
import { CollectPhone } from "../components/collect_phone.js";
import { CollectProjector } from "../components/collect_projector.js";

export const faces = { phone: CollectPhone, console: CollectConsole, projector: CollectProjector };
