"""Commands about people: accounts, passwords and tokens (secrets never pass through here, only their hashes)."""

from __future__ import annotations

import uuid

from sqlalchemy import update
from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import ACCOUNT, SYSTEM, Context, command
from facilitate.core.fields import Choice, Id, Int, Text
from facilitate.core.refusals import Refused
from facilitate.people.models import HANDED, Account, Token
from facilitate.people.queries import account_of

KINDS = ("account", "sign_in", "api", "device", "link", "card", "screen", "screen_link")


class MakeAccount(Form):
    account = Id()
    email = Text(limit=254)
    name = Text(limit=60)


@command("people.make_account", form=MakeAccount, may=SYSTEM, outside=True)
def make_account(ctx: Context, words: MakeAccount) -> None:
    """Make an organiser's account; an address that has one already keeps it."""
    if account_of(ctx.session, words.email.data) is not None:
        raise Refused("id_taken", "refusal.account_exists")
    ctx.session.add(Account(id=words.account.data, email=words.email.data, name=words.name.data, created_at=ctx.now))


class IssueToken(Form):
    token = Id()
    kind = Choice(KINDS)
    hash = Text(limit=64)
    account = Id(optional=True)
    event_id = Id(optional=True)
    member = Id(optional=True)
    seat = Id(optional=True)
    label = Text(limit=80, optional=True)
    lifetime = Int(0, 400 * 86_400_000, optional=True)


@command("people.issue_token", form=IssueToken, may=SYSTEM, outside=True)
def issue_token(ctx: Context, words: IssueToken) -> None:
    """Keep the hash of a new token; a member has one living device, and one living link."""
    kind, member = words.kind.data, words.member.data
    if kind in {"device", "link"}:
        revoke(ctx, member, kind)
    lifetime = words.lifetime.data
    ctx.session.add(
        Token(
            id=words.token.data, kind=kind, hash=words.hash.data, account_id=words.account.data, event_id=words.event_id.data,
            member_id=member, seat_id=words.seat.data, label=words.label.data or "", created_at=ctx.now,
            expires_at=ctx.now + lifetime if lifetime else None,
        )
    )  # fmt: skip
    if kind == "device":
        ctx.meet_again(member, "moved")


class UseToken(Form):
    token = Id()


@command("people.use_token", form=UseToken, may=SYSTEM, outside=True)
def use_token(ctx: Context, words: UseToken) -> None:
    """Use up a token that serves once."""
    token = ctx.session.get(Token, words.token.data)
    if token is None or token.used_at is not None:
        raise Refused("not_found", "refusal.link_used")
    token.used_at = ctx.now


class RevokeToken(Form):
    token = Id()


@command("people.revoke_token", form=RevokeToken, may=ACCOUNT, outside=True)
def revoke_token(ctx: Context, words: RevokeToken) -> None:
    """Take back a token of one's own account."""
    token = ctx.session.get(Token, words.token.data)
    if token is None or token.account_id != ctx.viewer.account:
        raise Refused("not_found")
    token.revoked_at = ctx.now
    registry.call("revoked", ctx, token.account_id)


class SetPassword(Form):
    account = Id()
    password_hash = Text(limit=200)


@command("people.set_password", form=SetPassword, may=SYSTEM, outside=True)
def set_password(ctx: Context, words: SetPassword) -> None:
    """Keep the hash of an account's new password."""
    account = ctx.session.get(Account, words.account.data)
    if account is None:
        raise Refused("not_found")
    account.password_hash = words.password_hash.data


def revoke(ctx: Context, member: str | None, *kinds: str) -> None:
    """Revoke a member's living tokens of these kinds."""
    living = update(Token).where(Token.member_id == member, Token.kind.in_(kinds), Token.revoked_at.is_(None))
    ctx.session.execute(living.values(revoked_at=ctx.now))


def hand_on(ctx: Context, member: str) -> None:
    """Mark a member's living tokens as handed over by the staff at this moment (decision 0009)."""
    living = update(Token).where(Token.member_id == member, Token.kind.in_(("device", "link")), Token.revoked_at.is_(None))
    ctx.session.execute(living.values(label=HANDED, created_at=ctx.now))
    ctx.meet_again(member)


def issue(ctx: Context, kind: str, hashed: str, label: str = "", **owner: str | None) -> None:
    """Keep the hash of a new token within another command's transaction; `owner` names account_id, event_id, member_id or seat_id."""
    ctx.session.add(Token(id=str(uuid.uuid4()), kind=kind, hash=hashed, label=label, created_at=ctx.now, **owner))
