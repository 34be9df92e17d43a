"""`facilitate organiser`: accounts of organisers, their sign-in links and their tokens for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click
from sqlalchemy import func, select

from facilitate import instance, network
from facilitate.cli import accounts
from facilitate.cli.say import line, settings, t
from facilitate.config import Settings
from facilitate.events.models import Member
from facilitate.local import Act, acting, reading
from facilitate.people.models import Account

TOKEN_DAYS = 365


@click.group(help=t("cli.organiser.help"))
def organiser() -> None:
    """The group itself does nothing."""


@contextmanager
def hands(given: Settings) -> Iterator[tuple[Act, Callable[[], Any]]]:
    """How to act, and how to read, for as long as the block runs."""
    with acting(given) as act:
        yield act, partial(reading, given)


def base(given: Settings) -> str:
    """The address at which people reach the server that runs, or would run, on this instance."""
    server = instance.running(given)
    return server.public if server is not None else network.urls(given.host, given.port, given.public_url)[0]


@organiser.command(help=t("cli.organiser.add.help"))
@click.argument("email")
@click.option("--name", default="", help=t("cli.organiser.name.help"))
def add(email: str, name: str) -> None:
    """Make an account and print its first sign-in link."""
    given = settings()
    where = base(given)
    with hands(given) as (act, _):
        made = accounts.make(act, email, name or email.split("@")[0][:60])
        line(t("cli.organiser.added", name=made.name, email=made.email), err=True)
        line(accounts.sign_in_link(act, made, where))


@organiser.command(help=t("cli.organiser.link.help"))
@click.argument("email", default="")
def link(email: str) -> None:
    """Print a link that signs an organiser in once."""
    given = settings()
    where = base(given)
    with hands(given) as (act, read):
        line(accounts.sign_in_link(act, accounts.organiser(act, read, email), where))


@organiser.command(help=t("cli.organiser.token.help"))
@click.argument("email", default="")
@click.option("--label", default="", help=t("cli.organiser.label.help"))
@click.option("--days", default=TOKEN_DAYS, type=click.IntRange(1, 400), show_default=True, help=t("cli.organiser.days.help"))
def token(email: str, label: str, days: int) -> None:
    """Print a token for scripts and nothing else."""
    with hands(settings()) as (act, read):
        line(accounts.token(act, accounts.organiser(act, read, email), "api", days * accounts.DAY, label))


@organiser.command("list", help=t("cli.organiser.list.help"))
@click.option("--json", "as_json", is_flag=True, help=t("cli.json.help"))
def list_all(as_json: bool) -> None:
    """Print every account."""
    query = select(Account.email, Account.name, func.count(Member.id)).outerjoin(Member, Member.account_id == Account.id)
    with reading(settings()) as session:
        found = session.execute(query.group_by(Account.id).order_by(Account.created_at)).all()
    if as_json:
        line(json.dumps([{"email": email, "name": name, "events": events} for email, name, events in found], ensure_ascii=False))
        return
    for email, name, events in found:
        line(t("cli.organiser.row", email=email, name=name, n=events))
