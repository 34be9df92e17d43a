"""A member of an event over HTTP and Socket.IO, as a phone is, for scripts that play one."""

import asyncio
import logging
import uuid
from typing import Any

import aiohttp
import socketio

PATIENCE = 60
TRIES = 60
BUSY = {"slow_down", "unavailable"}
QUIET = logging.Logger("facilitate.wire", logging.CRITICAL + 1)  # a lost connection is expected here: the caller's report tells of it


class WireError(Exception):
    """The server cannot be reached or refuses: `reason` is a key of the catalogue, `values` fill it."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason, values)
        self.reason, self.values = reason, values


class Api:
    """The HTTP door of a server, entered with an organiser's token unless another one is given."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session, self.url, self.token = session, url.rstrip("/"), token

    async def call(self, method: str, path: str, body: dict | None = None, token: str | None = None) -> dict:
        """The JSON answer; waits where the server asks for it, raises WireError where it refuses or does not answer."""
        key = str(uuid.uuid4())
        headers = {"Authorization": f"Bearer {token or self.token}", "Accept": "application/json", "Idempotency-Key": key}
        for attempt in range(TRIES):
            try:
                async with self.session.request(method, self.url + path, json=body, headers=headers) as response:
                    status, answer = response.status, await response.json(content_type=None)
            except (aiohttp.ClientConnectionError, TimeoutError):
                if attempt == 5:
                    raise WireError("cli.replay.unreachable", url=self.url) from None
                await asyncio.sleep(0.2 * 2**attempt)
                continue
            except (aiohttp.ClientError, ValueError):
                raise WireError("cli.replay.no_facilitate", url=self.url) from None
            if not isinstance(answer, dict):
                raise WireError("cli.replay.no_facilitate", url=self.url)
            if status < 400:
                return answer
            if answer.get("code") not in BUSY:
                raise WireError("cli.replay.refused", what=f"{method} {path}", sentence=answer.get("sentence", status))
            await asyncio.sleep(answer.get("retry_after", 1000) / 1000)
        raise WireError("cli.replay.unreachable", url=self.url)


class Person:
    """One member with a Socket.IO client: keeps up with the frames, sends one command at a time until it is answered."""

    def __init__(self, api: Api, event: str, token: str) -> None:
        self.api, self.event, self.token = api, event, token
        self.seen = self.resent = self._newest = 0
        self.results: dict[str, dict] = {}
        self._joined, self._news, self._turn = asyncio.Event(), asyncio.Event(), asyncio.Lock()
        self._answer: asyncio.Future[dict | None] | None = None
        self._joining, self._refusal = False, ""
        self.socket = socketio.AsyncClient(
            http_session=api.session,
            handle_sigint=False,
            logger=QUIET,
            engineio_logger=QUIET,
            reconnection_attempts=12,
            reconnection_delay=0.2,
            reconnection_delay_max=2,
            randomization_factor=0.1,
        )
        self.socket.on("connect", self._join)
        self.socket.on("connect_error", self._on_refusal)
        self.socket.on("disconnect", self._on_loss)
        self.socket.on("frame", self._on_frame)

    # The screen: what a phone does with `join`, `frame` and a lost connection.

    async def enter(self) -> None:
        """Read the state, connect and join; WireError where the server does not let one in."""
        await self._load()
        try:
            await self.socket.connect(self.api.url, auth={"token": self.token}, transports=["websocket"], wait_timeout=PATIENCE, retry=True)
        except socketio.exceptions.ConnectionError as problem:
            raise WireError("cli.replay.no_socket", problem=self._refusal or str(problem)) from None
        await self._until(self._joined, "cli.replay.no_join")
        if self._refusal:
            raise WireError("cli.replay.refused", what="join", sentence=self._refusal)

    async def leave(self) -> None:
        """Close the connection for good."""
        await self.socket.shutdown()

    async def reach(self, number: int) -> bool:
        """Wait until the screen shows the change with this number; False when it does not come."""
        while self.seen < number:
            try:
                await self._until(self._news, "cli.replay.no_answer")
            except WireError:
                return False
            self._news.clear()
        return True

    async def result(self, round_id: str) -> dict:
        """The row of `results` for a round, as soon as this screen may see it."""
        while round_id not in self.results:
            await self._until(self._news, "cli.replay.no_results")
            self._news.clear()
        return self.results[round_id]

    async def _load(self) -> None:
        state = await self.api.call("GET", f"/api/events/{self.event}/state", token=self.token)
        self._show(state["seq"], [["results", key, row] for key, row in state["collections"].get("results", {}).items()])

    async def _join(self) -> None:
        self._joining, self._refusal = True, ""
        await self.socket.emit("join", {"event": self.event, "seen": self.seen}, callback=self._on_joined)

    async def _on_joined(self, answer: dict) -> None:
        if answer.get("reload"):
            await self._load()
            await self._join()
        elif "seq" not in answer:
            self._refusal = str(answer.get("sentence", answer))
            self._joined.set()
        else:
            self._show(answer["seq"], answer["rows"])
            self._joining = False
            self._joined.set()
            if self._newest > self.seen:  # a frame overtook the answer
                await self._join()

    async def _on_frame(self, frame: list) -> None:
        _, start, to, rows = frame
        self._newest = max(self._newest, to)
        if self._joining or to <= self.seen:
            return
        if start > self.seen:
            await self._join()
        else:
            self._show(to, rows)

    def _show(self, to: int, rows: list) -> None:
        self.seen = max(self.seen, to)
        self.results.update({key: row for collection, key, row in rows if collection == "results" and row})
        self._news.set()

    def _on_refusal(self, problem: dict | str | None = None) -> None:
        self._refusal = str(problem.get("message")) if isinstance(problem, dict) else ""

    def _on_loss(self, _reason: str) -> None:
        self._joined.clear()
        self._on_answer(None)

    def _on_answer(self, answer: dict | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(answer)

    # The outbox: in order, one in flight, the same id again until it is answered.

    async def send(self, name: str, words: dict) -> dict:
        """The server's answer to a command. Survives a lost connection and waits where the server asks for it."""
        envelope = {"id": str(uuid.uuid4()), "event": self.event, "name": name, "words": words}
        async with self._turn:
            for _ in range(TRIES):
                answer = await self._ask(envelope)
                if answer is None:
                    self.resent += 1
                elif answer.get("code") in BUSY:
                    await asyncio.sleep(answer.get("retry_after", 1000) / 1000)
                else:
                    return answer
        raise WireError("cli.replay.no_answer")

    async def _ask(self, envelope: dict) -> dict | None:
        """The answer to one sending, None when the connection was lost before it came."""
        await self._until(self._joined, "cli.replay.no_answer")
        answer = self._answer = asyncio.get_running_loop().create_future()
        try:
            await self.socket.emit("command", envelope, callback=self._on_answer)
            async with asyncio.timeout(PATIENCE):
                return await answer
        except socketio.exceptions.SocketIOError:
            return None
        except TimeoutError:
            raise WireError("cli.replay.no_answer") from None

    @staticmethod
    async def _until(event: asyncio.Event, reason: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await event.wait()
        except TimeoutError:
            raise WireError(reason) from None
