/** The live connection of a screen: connects, joins, hands on what comes, and says truthfully how it stands. */

import { signal } from "../vendor/ui.js";
import { io } from "../vendor/socket.io.js";

const QUIET = 2000; // a shorter gap is nobody's business
const LONG = 20_000;
const ANSWER = 10_000; // ms that an answer may take before the connection counts as dead
const LOST = new Set(["sign_in", "forbidden", "unknown_event", "ended"]);

/**
 * Connects a screen. hear: functions by message name (`clock`, `presence`, `figures`, `here`) that get its argument list.
 *
 * `ready` is a signal: joined, commands may go. `connection` one of `{state, since, lastSynced}` (device ms), state is live,
 * reconnecting (after 2 s) or offline (after 20 s). `left` one of null, "moved" (another device), "gone" or the code of a refusal.
 */
export function createSocket(boot, store, hear = {}, connect = io) {
  const ready = signal(false);
  const left = signal(null);
  const began = Date.now();
  const connection = signal({ state: "live", since: began, lastSynced: began });
  let synced = began;
  let timers = [];
  let joining = false;
  let delay = 250;

  const polling = new URLSearchParams(location.search).get("transport") === "polling";
  const socket = connect({
    path: "/socket.io", auth: { as: boot.as, event: boot.event }, forceNew: true,
    extraHeaders: { "X-Requested-With": "facilitate" }, // on long polling, where no Origin says that this is our own page
    transports: polling ? ["polling"] : ["websocket", "polling"], tryAllTransports: true,
    reconnectionDelay: 500, reconnectionDelayMax: 8000, randomizationFactor: 0.5, timeout: 10_000,
  });

  function stand(state) {
    if (connection.peek().state !== state) connection.value = { state, since: Date.now(), lastSynced: synced };
  }

  function down() {
    ready.value = false;
    if (timers.length) return;
    timers = [setTimeout(stand, QUIET, "reconnecting"), setTimeout(stand, LONG, "offline")];
  }

  function up() {
    timers.forEach(clearTimeout);
    timers = [];
    synced = Date.now();
    delay = 250;
    stand("live");
    ready.value = true;
  }

  function leave(why) {
    left.value = why;
    ready.value = false;
    timers.forEach(clearTimeout);
    socket.disconnect();
  }

  function ask(name, body) {
    return new Promise((resolve, reject) => {
      socket.timeout(ANSWER).emit(name, body, (error, answer) => (error || !answer ? reject(error || new Error("empty")) : resolve(answer)));
    });
  }

  async function fetchState() {
    const headers = { "X-As": boot.as, Accept: "application/json" };
    const response = await fetch(`/api/events/${boot.event}/state`, { headers, credentials: "same-origin", cache: "no-store" });
    if ([401, 403, 404, 410].includes(response.status)) leave(response.status === 410 ? "ended" : "gone");
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  async function attempt() {
    store.hold();
    const answer = await ask("join", { event: boot.event, seen: store.seen.peek() });
    if (answer.reload) return store.replace(await fetchState());
    if (answer.ok !== false) return store.joined(answer);
    if (LOST.has(answer.code)) leave(answer.code === "ended" ? "ended" : "gone");
    else await new Promise(resolve => setTimeout(resolve, answer.retry_after || 2000));
    throw new Error(answer.code);
  }

  async function join() {
    if (joining || left.peek() || !socket.connected) return;
    joining = true;
    const verdict = await attempt().catch(() => "failed");
    joining = false;
    if (verdict === "applied") return up();
    delay = Math.min(8000, delay * 2);
    setTimeout(join, delay);
  }

  /** Fetches the state anew, for what no frame brings (one's own ballot). */
  async function refresh() {
    store.hold();
    try {
      if (store.replace(await fetchState()) === "gap") join();
    } catch {
      join();
    }
  }

  function retry() {
    if (left.peek()) return;
    socket.disconnect();
    socket.connect();
  }

  /** Sends a command; rejects when the connection breaks, and gives a mute connection up. */
  function emit(envelope) {
    return ask("command", { event: boot.event, ...envelope }).catch(error => {
      if (socket.connected) retry();
      throw error;
    });
  }

  socket.on("connect", join);
  socket.on("disconnect", reason => {
    down();
    if (reason === "io server disconnect" && !left.peek()) setTimeout(() => socket.connect(), 1000);
  });
  socket.on("connect_error", () => {
    down();
    // A refusal, not a lost network: ask over HTTP whether we are still somebody here.
    if (!socket.active && !left.peek()) fetchState().catch(() => 0).then(() => setTimeout(retry, 2000));
  });
  socket.on("frame", frame => {
    synced = Date.now();
    if (store.frame(frame) === "gap") join();
  });
  for (const name of Object.keys(hear)) {
    socket.on(name, message => {
      synced = Date.now();
      hear[name](message);
    });
  }
  socket.on("moved", () => leave("moved"));
  socket.on("gone", () => leave("gone"));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !socket.connected) retry(); });
  down();

  return { ready, left, connection, emit, refresh, retry, stop: () => leave("stopped") };
}
