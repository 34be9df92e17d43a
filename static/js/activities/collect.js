/** Collect: people write ideas. Its faces on phone, console and projector. */

import { CollectConsole } from "../components/collect-console.js";
import { CollectPhone } from "../components/collect-phone.js";
import { CollectProjector } from "../components/collect-projector.js";

export const faces = { phone: CollectPhone, console: CollectConsole, projector: CollectProjector };
