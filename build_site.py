"""The command of the project: check the data, build the site, serve it."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from calculators import CALCULATORS
from generator import sources
from generator.yaml_reader import Mistake

ROOT = Path(__file__).parent
DATA = ROOT / "data"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="build_site.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="validate data/ and print every mistake")
    parser.parse_args(arguments)
    checked = sources.load(DATA, CALCULATORS, date.today())
    if checked.content is None:
        report(checked.mistakes)
        return 1
    return 0


def report(mistakes: list[Mistake]) -> None:
    """Print one line per mistake on standard error, and annotations on the forge."""
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(mistake.annotation())


if __name__ == "__main__":
    sys.exit(main())
