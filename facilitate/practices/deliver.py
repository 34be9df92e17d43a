"""Sends practice records to a repository: a function, and a program that reads JSON and writes JSON.

`python -m facilitate.practices.deliver` reads {"records": [record, …], "withdrawals": [{id, at}, …], "target": "…", "token": "…" or null} from standard
input and writes {"receipts": [receipt, …]} to standard output. Exit codes: 0 sent (or there already); 1 a repository or a
record is at fault; 2 the input is no such JSON; 3 anything else. Except for 0 it writes {"error": {key, values, sentence}},
`key` and `values` being of the catalogue and `sentence` the English one. The token comes by standard input because
arguments and variables can be seen by other programs of the machine.
"""

import json
import socket
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from facilitate.practices.addresses import SECONDS
from facilitate.practices.errors import RepositoryError
from facilitate.practices.repositories.git import Repository


def deliver(records: list[dict[str, Any]], target: str, token: str | None = None, withdrawals: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Withdraw records from a Git repository, send sealed ones to it; one receipt per record, in their order (see Repository.push).

    `target`: folder of a bare repository (made where there is none) or an address. Sending again what is there changes
    nothing. It waits for the network: call it in a process or thread of its own. Raises RepositoryError.
    """
    with Repository(target, token or None) as repository:
        gone = [_withdrawn(repository, one["id"], one["at"]) for one in withdrawals]
        return gone + (repository.push(repository.plan(records)) if records else [])


def _withdrawn(repository: Repository, ident: str, at: str) -> dict[str, Any]:
    """The receipt of a withdrawal; a record that the repository never had is not in it either."""
    try:
        return repository.withdraw(ident, at)
    except RepositoryError as error:
        if error.key != "practice.error.unknown_id":
            raise
        return {"id": ident, "state": "withdrawn", "target": repository.place.shown, "commit": None}


def main() -> int:
    """The program: see the module's docstring."""
    socket.setdefaulttimeout(SECONDS)
    try:
        asked = json.load(sys.stdin.buffer)
        records, target, token = asked["records"], asked["target"], asked.get("token")
        withdrawals = asked.get("withdrawals", [])
        if not isinstance(target, str) or not all(isinstance(one, dict) for one in [*records, *withdrawals]):
            raise TypeError("target is a text, records and withdrawals are objects")
    except (ValueError, KeyError, TypeError, AttributeError):
        return _told(2, RepositoryError("practice.error.input"))
    try:
        receipts = deliver(records, target, token, withdrawals)
    except RepositoryError as error:
        return _told(1, error)
    except Exception:
        traceback.print_exc()
        return _told(3, RepositoryError("practice.error.unexpected"))
    print(json.dumps({"receipts": receipts}))
    return 0


def _told(code: int, error: RepositoryError) -> int:
    print(json.dumps({"error": error.told()}))
    return code


if __name__ == "__main__":
    sys.exit(main())
