"""A line that breaks: passes TCP connections on to a server and cuts each of them after some messages of the client."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Line:
    """The address to use instead of the server's, and how many connections were cut so far."""

    server: int
    patience: int
    port: int = 0
    cuts: int = 0
    opened: int = 0

    async def passed_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways."""
        self.opened += 1
        left = self.patience + self.opened % 7  # so that the cuts meet different commands
        upstream, server = await asyncio.open_connection("127.0.0.1", self.server)
        await asyncio.gather(self._pump(reader, server, writer, left), self._pump(upstream, writer, server, None))

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
        listening = await asyncio.start_server(line.passed_on, "127.0.0.1", 0)
        line.port = listening.sockets[0].getsockname()[1]
        ready.set()
        async with listening:
            await ended.wait()

    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    ready.wait()
    yield line
    loop.call_soon_threadsafe(ended.set)
    thread.join()
    loop.close()
