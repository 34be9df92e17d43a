"""Sends practice records to a repository: a function, and a program that reads JSON and writes JSON.

`python -m facilitate.practices.deliver` reads {"records": [record, …], "target": "…", "token": "…" or null} from standard
input and writes {"receipts": [receipt, …]} to standard output. Exit codes: 0 sent (or there already); 1 a repository or a
record is at fault; 2 the input is no such JSON; 3 anything else. Except for 0 it writes {"error": {key, values, sentence}},
`key` and `values` being of the catalogue and `sentence` the English one. The token comes by standard input because
arguments and variables can be seen by other programs of the machine.
"""

import json
import socket
import sys
import traceback
from typing import Any

from facilitate.practices.addresses import SECONDS
from facilitate.practices.errors import RepositoryError
from facilitate.practices.repositories.git import Repository


def deliver(records: list[dict[str, Any]], target: str, token: str | None = None) -> list[dict[str, Any]]:
    """Send sealed records to a Git repository; one receipt per record, in their order (see Repository.push).

    `target`: folder of a bare repository (made where there is none) or an address. Sending again what is there changes
    nothing. It waits for the network: call it in a process or thread of its own. Raises RepositoryError.
    """
    with Repository(target, token or None) as repository:
        return repository.push(repository.plan(records))


def main() -> int:
    """The program: see the module's docstring."""
    socket.setdefaulttimeout(SECONDS)
    try:
        asked = json.load(sys.stdin.buffer)
        records, target, token = asked["records"], asked["target"], asked.get("token")
        if not isinstance(target, str) or not all(isinstance(record, dict) for record in records):
            raise TypeError("target is a text, records are objects")
    except (ValueError, KeyError, TypeError, AttributeError):
        return _told(2, RepositoryError("practice.error.input"))
    try:
        receipts = deliver(records, target, token)
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
