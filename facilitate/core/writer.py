"""The one writer of a process: takes what waits in batches, runs each batch in one transaction, commits, then answers."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.orm import Session

from facilitate.core import changes, registry
from facilitate.core.commands import Context, Submission
from facilitate.core.db import now, writer_engine
from facilitate.core.refusals import Refused
from facilitate.core.runtime import Runtime, Waiting

LARGEST, GATHER, SLICE = 500, 0.0015, 0.020
"""Commands a batch may hold; seconds it waits for company when the last one had some; seconds of work before it commits."""
PATIENCE, PAUSE = 5.0, 0.05
"""Seconds that a batch waits for a locked database, and between two tries."""

log = structlog.get_logger()
Answer = dict[str, Any]


@dataclass
class Announcement:
    """What live has to know after a commit."""

    events: dict[str, int] = field(default_factory=dict)
    figures: list[tuple[str, str, str, str]] = field(default_factory=list)
    strangers: dict[str, str] = field(default_factory=dict)


class Writer:
    """Queue, batch, savepoints, commit, answer, announce."""

    def __init__(self, app: Flask, runtime: Runtime, url: str) -> None:
        self.app, self.runtime = app, runtime
        self.listeners: list[Callable[[Announcement], None]] = []
        self._queue = runtime.queue()
        self._engine = writer_engine(url)
        self._connection: Any = None
        self._started = False

    def start(self) -> None:
        """Begin to work (once)."""
        if not self._started:
            self._started = True
            self.runtime.spawn(self._work)

    def submit(self, submission: Submission) -> Answer:
        """Queue a submission and wait until it is durable, or refused."""
        waiting = Waiting(self.runtime)
        self._queue.put((submission, waiting))
        return waiting.wait()

    def stop(self) -> None:
        """End the work after what waits now, and close the connection."""
        if self._started:
            waiting = Waiting(self.runtime)
            self._queue.put((None, waiting))
            waiting.wait()
        self._engine.dispose()

    def _work(self) -> None:
        company = False
        while True:
            taken = [self._queue.get()]
            if company:
                self.runtime.sleep(GATHER)
            while len(taken) < LARGEST:
                try:
                    taken.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            company = len(taken) > 1
            last = [waiting for submission, waiting in taken if submission is None]
            self._take([one for one in taken if one[0] is not None])
            if last:
                self._close()
                for waiting in last:
                    waiting.set({"ok": True})
                return

    def _take(self, taken: list[tuple[Submission, Waiting]]) -> None:
        """Carry out what was taken in as many transactions as its time slices need."""
        while taken:
            try:
                with self.app.app_context():
                    done = self._batch([submission for submission, _ in taken])
            except Exception:
                log.exception("batch_failed", commands=len(taken))
                self._close()
                done = [self._unavailable(submission) for submission, _ in taken]
            for (_, waiting), answer in zip(taken, done, strict=False):
                waiting.set(answer)
            taken = taken[len(done) :]
            if taken:
                self.runtime.sleep(0)

    def _batch(self, submissions: list[Submission]) -> list[Answer]:
        """One transaction over the first submissions; their answers (fewer than given when the time slice ended)."""
        session = self._begin()
        if session is None:
            return [self._unavailable(submission) for submission in submissions]
        try:
            batch = Batch(session, submissions)
            answers = batch.run()
            session.flush()
            self._commit(session)
        except DBAPIError:
            log.exception("commit_failed")
            session.rollback()
            session.close()
            self._close()
            return [self._unavailable(submission) for submission in submissions]
        session.close()
        self._announce(batch)
        return answers

    def _begin(self) -> Session | None:
        """A session in a fresh transaction, or None where another process keeps the database locked."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                session = Session(bind=self._connection)
                session.connection()
                return session
            except DBAPIError as error:
                self._close()
                if time.monotonic() > deadline or "locked" not in str(error):
                    log.warning("database_unavailable", error=str(error.orig))
                    return None
                self.runtime.sleep(PAUSE)

    def _commit(self, session: Session) -> None:
        """Commit on the driver's connection (in a real thread where the loop must not wait), then end SQLAlchemy's part."""
        if session.get_bind().dialect.name == "sqlite":
            self.runtime.commit(self._connection.connection.dbapi_connection)
        session.commit()

    def _close(self) -> None:
        if self._connection is not None:
            try:
                self._connection.close()
            except DBAPIError:
                self._connection.invalidate()
            self._connection = None

    def _announce(self, batch: Batch) -> None:
        """Do what waits for the commit, and tell the listeners; what goes wrong here cannot make the batch undone."""
        actions: list[Callable[[], None]] = [*batch.after, *(partial(listener, batch.announcement) for listener in self.listeners)]
        for action in actions:
            try:
                action()
            except Exception:
                log.exception("after_commit_failed")

    @staticmethod
    def _unavailable(submission: Submission) -> Answer:
        return Refused("unavailable", retry_after=2000).answer(submission.viewer.language)


class Batch:
    """Some submissions in one transaction, in their order of arrival."""

    def __init__(self, session: Session, submissions: list[Submission]) -> None:
        self.session, self.submissions, self.now = session, submissions, now()
        self.announcement, self.after = Announcement(), list[Callable[[], None]]()
        self._touched: dict[str, changes.Touched] = {}
        self._known = changes.accepted(session, [(s.viewer.sender, s.command_id) for s in submissions])
        self._answers: list[Answer] = []
        self._accepted: dict[tuple[str, str], str | None] = {}
        self._over: set[str] = set()
        self._ended: set[str] = registry.ask("ended", session, {s.event for s in submissions if s.event and not s.command.after_end})

    def run(self) -> list[Answer]:
        """Carry out the commands, append to the logs; the answers of those that fitted into the time slice."""
        started = time.perf_counter()
        for known, group in groupby(self.submissions, key=lambda submission: submission.command):
            items = list(group)
            if known.many is not None and self._together(items):
                continue
            for submission in items:
                self._answers.append(self._one(submission))
                if time.perf_counter() - started > SLICE:
                    return self._finish()
            if time.perf_counter() - started > SLICE:
                break
        return self._finish()

    def _one(self, submission: Submission) -> Answer:
        """One command in its own savepoint."""
        if (answer := self._again(submission)) is not None:
            return answer
        if self._too_late(submission):
            return Refused("ended", "refusal.event_ended").answer(submission.viewer.language)
        ctx = self._context(submission)
        nested = self.session.begin_nested()
        try:
            submission.command.function(ctx, submission.words)
            self.session.flush()
            nested.commit()
        except Refused as refused:
            nested.rollback()
            return refused.answer(submission.viewer.language)
        except IntegrityError as error:
            nested.rollback()
            log.warning("constraint", command=submission.command.name, error=str(error.orig))
            because = Refused("id_taken") if "unique" in str(error.orig).lower() else Refused("unavailable", "refusal.failed")
            return because.answer(submission.viewer.language)
        except (OperationalError, InternalError):
            raise  # the database itself: nothing of this batch can be kept
        except Exception:
            nested.rollback()
            log.exception("command_failed", command=submission.command.name)
            return Refused("unavailable", "refusal.failed").answer(submission.viewer.language)
        return self._accept(ctx)

    def _together(self, items: list[Submission]) -> bool:
        """Neighbouring hot commands in one go; False (and nothing done) where that failed."""
        keys = [(submission.viewer.sender, submission.command_id) for submission in items]
        if any(self._too_late(submission) for submission in items):
            return False
        if len(set(keys)) < len(keys) or any(key in self._known or key in self._accepted for key in keys):
            return False
        fresh = [(self._context(submission), submission) for submission in items]
        nested = self.session.connection().begin_nested()
        try:
            items[0].command.many(self.session, [(ctx, submission.words) for ctx, submission in fresh])  # type: ignore[misc]
            nested.commit()
        except Exception:
            nested.rollback()
            log.exception("hot_path_failed", command=items[0].command.name)
            return False
        for ctx, submission in fresh:
            self._answers.append(ctx.refusal.answer(submission.viewer.language) if ctx.refusal else self._accept(ctx))
        return True

    def _again(self, submission: Submission) -> Answer | None:
        """The answer to a command that was accepted before, in this batch or earlier."""
        key = (submission.viewer.sender, submission.command_id)
        if key in self._known:
            return {"ok": True, "seq": self._known[key]}
        if key in self._accepted:
            return {"ok": True, "event": self._accepted[key]}
        return None

    def _too_late(self, submission: Submission) -> bool:
        """Whether its event has ended, before or within this batch, and the command is none of the few that are still taken."""
        return not submission.command.after_end and submission.event in self._ended

    def _context(self, submission: Submission) -> Context:
        return Context(self.session, submission.viewer, submission.event, submission.command_id, submission.command.name, self.now, submission.at)

    def _accept(self, ctx: Context) -> Answer:
        if ctx.event_id is not None:
            touched = self._touched.setdefault(ctx.event_id, changes.Touched())
            for key, audiences in ctx.touched.items():
                touched[key] = touched.pop(key, set()) | audiences
        self.announcement.figures += ctx.figures
        self.announcement.strangers |= ctx.strangers
        self.after += ctx.after
        if ctx.over and ctx.event_id is not None:
            self._over.add(ctx.event_id)
            self._ended.add(ctx.event_id)
        self._accepted[(ctx.viewer.sender, ctx.command_id)] = ctx.event_id
        return {"ok": True, "event": ctx.event_id, **ctx.answer}

    def _finish(self) -> list[Answer]:
        """Append to the logs and give every accepted command its number."""
        numbers = {event: changes.append(self.session, event, touched) for event, touched in self._touched.items()}
        self.announcement.events = {event: number for event, number in numbers.items() if self._touched[event]}
        for answer in self._answers:
            if answer.get("ok") and "seq" not in answer:
                answer["seq"] = numbers.get(answer.pop("event", None) or "", 0)
        rows = [
            {"sender": sender, "command_id": command_id, "event_id": event, "seq": numbers.get(event or "", 0)}
            for (sender, command_id), event in self._accepted.items()
            if event not in self._over
        ]
        changes.keep(self.session, rows)
        for event in self._over:
            changes.forget(self.session, event)
        return self._answers
