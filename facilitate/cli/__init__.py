"""The command line `facilitate`: one file per noun, each loaded when it is asked for."""

import sys

from facilitate import server

SERVING = ("run", "room")
"""The commands that become the server: the library is patched for its async mode before anything else is imported."""


def main() -> None:
    """Run the command that the arguments name, and end the program with its exit code."""
    if next((word for word in sys.argv[1:] if not word.startswith("-")), "") in SERVING and not {"--help", "-h"} & set(sys.argv):
        server.patched()
    from facilitate.cli.group import facilitate

    facilitate(prog_name="facilitate")
