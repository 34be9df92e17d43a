"""`python -m facilitate.cli` is `facilitate`."""

from facilitate.cli import main

main()
