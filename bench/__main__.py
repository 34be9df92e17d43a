"""`python -m bench`: the bench with its one table."""

from bench.run import main

main()
