"""`python -m standalone`: what `./induction` calls once the environment stands."""

from standalone.cli import main

main(prog_name="./induction")
