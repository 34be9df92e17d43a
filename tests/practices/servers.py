"""Real Git servers on this machine for the tests: git itself, git daemon, and git http-backend behind a small server."""

import base64
import http.server
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ALONE = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_") and not name.lower().endswith("_proxy")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Curator",
    "GIT_AUTHOR_EMAIL": "curator@example.org",
    "GIT_COMMITTER_NAME": "Curator",
    "GIT_COMMITTER_EMAIL": "curator@example.org",
}
"""An environment in which git knows nobody but a curator."""


def git(*words: str, at: Path | None = None) -> str:
    """What the real git says to a command; fails where git fails."""
    done = subprocess.run(["git", *words], cwd=at, env=ALONE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def bare(path: Path, branch: str = "main") -> Path:
    """A bare repository made by the real git, which takes pushes by any way."""
    git("init", "-q", "--bare", "-b", branch, str(path))
    git("config", "http.receivepack", "true", at=path)
    (path / "git-daemon-export-ok").touch()
    return path


def clone(source: str | Path, path: Path) -> Path:
    """A working copy made by the real git."""
    git("clone", "-q", str(source), str(path))
    return path


def commit(work: Path, name: str, content: str, push: bool = True) -> None:
    """A curator changes a file by hand and pushes it."""
    (work / name).parent.mkdir(parents=True, exist_ok=True)
    (work / name).write_text(content, encoding="utf-8")
    git("add", "-A", at=work)
    git("commit", "-q", "-m", f"Change {name}", at=work)
    if push:
        git("push", "-q", "origin", "HEAD", at=work)


def healthy(path: Path) -> None:
    """git's own check finds nothing wrong, and nothing left over."""
    done = subprocess.run(["git", "fsck", "--strict", "--full"], cwd=path, env=ALONE, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stdout + done.stderr


def rival(path: Path, times: int) -> None:
    """Let another commit arrive in the very moment of the next pushes: as each of them is being taken, git has moved on."""
    hook = path / "hooks" / "pre-receive"
    hook.write_text(
        f"""#!/bin/sh
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
export GIT_AUTHOR_NAME=R GIT_AUTHOR_EMAIL=r@example.org GIT_COMMITTER_NAME=R GIT_COMMITTER_EMAIL=r@example.org
[ "$(cat rivals 2>/dev/null || echo 0)" -ge {times} ] && exit 0
echo $(( $(cat rivals 2>/dev/null || echo 0) + 1 )) > rivals
new=$(git commit-tree -p refs/heads/main -m rival 'refs/heads/main^{{tree}}') && git update-ref refs/heads/main "$new"
""",
        encoding="utf-8",
    )
    hook.chmod(0o755)


@contextmanager
def daemon(folder: Path, writable: bool = True) -> Iterator[str]:
    """git daemon over a folder; the address of the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [f"--base-path={folder}", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}"]
    server = subprocess.Popen(["git", "daemon", *words, *(["--enable=receive-pack"] if writable else [])], env=ALONE, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"git://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def web(folder: Path, token: str | None = None) -> Iterator[str]:
    """git http-backend over a folder; with a token it asks for one as password, whoever the user is."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(self, folder, token)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _answer(request: http.server.BaseHTTPRequestHandler, folder: Path, token: str | None) -> None:
    """Run git http-backend for one request, as CGI has it."""
    sent = _body(request)
    told = base64.b64decode(request.headers.get("Authorization", "Basic ").split(" ", 1)[1]).decode().partition(":")[2]
    if token and told != token:
        request.send_response(401)
        request.send_header("WWW-Authenticate", 'Basic realm="practices"')
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    path, _, query = request.path.partition("?")
    given = {
        "GIT_PROJECT_ROOT": str(folder),
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_METHOD": request.command,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(sent)),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
        "REMOTE_USER": "hub" if token else "",
        "REMOTE_ADDR": "127.0.0.1",
    }
    done = subprocess.run(["git", "http-backend"], env={**ALONE, **given}, input=sent, capture_output=True)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
    request.send_response(int(fields.pop("Status", "200").split()[0]))
    for name, value in {**fields, "Content-Length": str(len(body))}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def _body(request: http.server.BaseHTTPRequestHandler) -> bytes:
    """What the client sent, in one piece or in chunks."""
    if request.headers.get("Transfer-Encoding", "").lower() != "chunked":
        return request.rfile.read(int(request.headers.get("Content-Length", 0)))
    sent = b""
    while size := int(request.rfile.readline().split(b";")[0], 16):
        sent += request.rfile.read(size)
        request.rfile.readline()
    request.rfile.readline()
    return sent
