/** The live connection: joins, gaps, reloads, lost lines. */

import { createSocket } from "/static/js/core/socket.js";
import { createStore } from "/static/js/core/store.js";
import { after, equal, test, until } from "./check.js";

/** A socket.io client without a network; `answers` are given to `join` and `command` in turn. */
function fakeIo(answers) {
  const handlers = {};
  const sent = [];
  const socket = {
    connected: false, active: true, options: null,
    on: (name, handler) => { handlers[name] = handler; },
    timeout: () => ({
      emit(name, body, done) {
        sent.push([name, body]);
        const answer = answers.shift();
        setTimeout(() => done(answer === undefined ? new Error("timeout") : null, answer), 0);
      },
    }),
    connect() { socket.connected = true; handlers.connect(); },
    disconnect() { socket.connected = false; if (handlers.disconnect) handlers.disconnect("io client disconnect"); },
    hear: (name, message) => handlers[name](message),
    drop: reason => { socket.connected = false; handlers.disconnect(reason); },
  };
  return { sent, socket, io: options => { socket.options = options; return socket; } };
}

function screen(answers, seq = 5, hear = {}) {
  const boot = { as: "member", event: "demo" };
  const store = createStore({ event: "demo", seq, me: { id: "m" }, collections: {} });
  const fake = fakeIo(answers);
  return { ...fake, store, live: createSocket(boot, store, hear, fake.io) };
}

test("it joins with what it has seen, and is ready after the answer", async () => {
  const { io, socket, sent, store, live } = screen([{ seq: 7, rows: [["ideas", "a", { id: "a" }]] }]);
  equal([typeof io, live.ready.value, socket.options.auth, socket.options.transports], ["function", false, { as: "member", event: "demo" }, ["websocket", "polling"]]);
  socket.connect();
  await until(() => live.ready.value);
  equal([sent[0], store.seen.value, store.rows("ideas").length], [["join", { event: "demo", seen: 5 }], 7, 1]);
  live.stop();
});

test("a gap makes it join again", async () => {
  const { socket, sent, store, live } = screen([{ seq: 5, rows: [] }, { seq: 9, rows: [["ideas", "a", { id: "a" }]] }]);
  socket.connect();
  await until(() => live.ready.value);
  socket.hear("frame", ["demo", 7, 9, []]);
  await until(() => store.seen.value === 9);
  equal(sent[1], ["join", { event: "demo", seen: 5 }]);
  live.stop();
});

test("told to reload, it fetches the state as who it is and replaces everything", async () => {
  const real = window.fetch;
  const asked = [];
  window.fetch = (url, options) => {
    asked.push([url, options.headers["X-As"]]);
    return Promise.resolve(new Response(JSON.stringify({ event: "demo", seq: 30, me: { id: "m" }, collections: { ideas: { z: { id: "z" } } } })));
  };
  const { socket, store, live } = screen([{ reload: true }]);
  socket.connect();
  await until(() => live.ready.value);
  window.fetch = real;
  equal([asked, store.seen.value, store.rows("ideas").map(row => row.id)], [[["/api/events/demo/state", "member"]], 30, ["z"]]);
  live.stop();
});

test("a short gap is nobody's business, a longer one is told", async () => {
  const { socket, live } = screen([{ seq: 5, rows: [] }, { seq: 5, rows: [] }]);
  socket.connect();
  await until(() => live.ready.value);
  socket.drop("transport close");
  await after(1000);
  equal([live.ready.value, live.connection.value.state], [false, "live"]);
  await after(1200);
  equal(live.connection.value.state, "reconnecting");
  socket.connect();
  await until(() => live.ready.value);
  equal(live.connection.value.state, "live");
  live.stop();
});

test("a gap that ended in time is not told later", async () => {
  const { socket, live } = screen([{ seq: 5, rows: [] }, { seq: 5, rows: [] }]);
  socket.connect();
  await until(() => live.ready.value);
  socket.drop("transport close");
  socket.connect();
  await until(() => live.ready.value);
  await after(2200);
  equal(live.connection.value.state, "live");
  live.stop();
});

test("a command that is not answered rejects and gives the connection up", async () => {
  const { socket, sent, live } = screen([{ seq: 5, rows: [] }, undefined, { seq: 5, rows: [] }]);
  socket.connect();
  await until(() => live.ready.value);
  const failed = await live.emit({ id: "1", name: "a", words: {} }).catch(() => "rejected");
  equal(failed, "rejected");
  await until(() => live.ready.value && sent.length === 3 && sent[2][0] === "join", "the new join");
  live.stop();
});

test("moved and gone end it for good", async () => {
  for (const word of ["moved", "gone"]) {
    const { socket, live } = screen([{ seq: 5, rows: [] }]);
    socket.connect();
    await until(() => live.ready.value);
    socket.hear(word, []);
    equal([live.left.value, live.ready.value, socket.connected], [word, false, false]);
  }
});

test("a refused join says that one is gone, and who must wait tries again", async () => {
  const gone = screen([{ ok: false, code: "sign_in", sentence: "Join again." }]);
  gone.socket.connect();
  await until(() => gone.live.left.value === "gone");
  const slow = screen([{ ok: false, code: "slow_down", retry_after: 50 }, { seq: 5, rows: [] }]);
  slow.socket.connect();
  await until(() => slow.live.ready.value);
  slow.live.stop();
});

test("messages that are not numbered are handed on", async () => {
  const heard = [];
  const { socket, live } = screen([{ seq: 5, rows: [] }], 5, { presence: message => heard.push(message) });
  socket.connect();
  await until(() => live.ready.value);
  socket.hear("presence", ["demo", 12]);
  equal(heard, [["demo", 12]]);
  live.stop();
});
