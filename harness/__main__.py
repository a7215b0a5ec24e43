"""`python -m harness` is the command `homolog`."""

from harness.cli import main

main()
