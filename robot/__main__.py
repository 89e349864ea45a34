"""`python -m robot` is the same door as `bowlby`."""

from robot.cli import main

main()
