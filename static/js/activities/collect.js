/** Collect: people write ideas. Its faces on phone, console and projector. */

import { lazy, warmFaces } from "../components/lazy.js";
import { CollectPhone } from "../components/collect_phone.js";

export const faces = warmFaces({
  phone: CollectPhone,
  console: lazy(() => import("../components/collect_console.js").then(file => file.CollectConsole)),
  projector: lazy(() => import("../components/collect_projector.js").then(file => file.CollectProjector)),
});
