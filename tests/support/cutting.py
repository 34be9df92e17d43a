"""A line that breaks: passes TCP connections on to a server and cuts each of them after some messages of the client."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Line:
    """The address to use instead of the server's, and how many connections were cut so far."""

    server: int
    patience: int
    port: int = 0
    cuts: int = 0
    opened: int = 0
    passing: set[asyncio.Task[None]] = field(default_factory=set)
    ends: set[asyncio.StreamWriter] = field(default_factory=set)

    async def end(self) -> None:
        """Cut what is still open, and wait until it is."""
        for writer in self.ends:
            writer.transport.abort()
        await asyncio.gather(*self.passing, return_exceptions=True)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a new connection."""
        task = asyncio.get_running_loop().create_task(self.passed_on(reader, writer))
        self.passing.add(task)
        task.add_done_callback(self.passing.discard)

    async def passed_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until both ends are closed."""
        self.opened += 1
        left = self.patience + self.opened % 7  # so that the cuts meet different commands
        upstream, server = await asyncio.open_connection("127.0.0.1", self.server)
        both = {writer, server}
        self.ends |= both
        await asyncio.gather(self._pump(reader, server, writer, left), self._pump(upstream, writer, server, None))
        await asyncio.gather(*(one.wait_closed() for one in both), return_exceptions=True)
        self.ends -= both

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, other: asyncio.StreamWriter, left: int | None) -> None:
        try:
            while left != 0 and (data := await source.read(65536)):
                target.write(data)
                await target.drain()
                left = left if left is None else left - 1
            self.cuts += left == 0
        except ConnectionError:
            pass
        finally:
            target.transport.abort()
            other.transport.abort()


@contextmanager
def cutting(server: int, patience: int) -> Iterator[Line]:
    """A line to the port of a server that cuts every connection after `patience` (and up to six more) messages."""
    line, ready, loop = Line(server, patience), threading.Event(), asyncio.new_event_loop()

    async def run() -> None:
        listening = await asyncio.start_server(line.accept, "127.0.0.1", 0)
        line.port = listening.sockets[0].getsockname()[1]
        ready.set()
        async with listening:
            await ended.wait()
            await line.end()

    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    ready.wait()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
