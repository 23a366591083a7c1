"""`flask` for the tests of commands: the application's code is loaded once, and each command is a
process of its own that begins with it.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import flask.cli

import campaign as _campaign  # noqa: F401 - what every command loads

ROOT = Path(__file__).parents[1]


def main(environment: Mapping[str, str], words: Sequence[str]) -> None:
    """`python -m flask` at the root of the project, with nothing but `environment`."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    sys.argv = ["flask", *words]
    flask.cli.main()
