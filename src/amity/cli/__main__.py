"""`python -m amity.cli`: the command line without its installed name."""

from amity.cli import main

main()
