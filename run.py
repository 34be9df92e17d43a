"""Starts the server (the async mode is read and patched first thing in facilitate/server.py)."""

from facilitate.server import main

if __name__ == "__main__":
    main()
