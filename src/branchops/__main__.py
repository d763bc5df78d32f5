"""`python -m branchops`."""

from branchops.cli import main

main()
