"""`make prove`: what the system promises, tried on the product as it is served.

`python -m prove crash --database postgresql --kills 300` runs one part; each prints its figures and
ends with 1 where something was lost.
"""

import argparse
import faulthandler
import signal
import sys
from collections.abc import Callable
from functools import partial

from prove import crash, faults, load, nodes, office, power, scale, upgrade
from prove.ground import POSTGRESQL, SQLITE, ProofFailed

Held = Callable[[str, argparse.Namespace], bool]
"""Tries a part on a database, as it was asked for; whether everything held."""
MACHINES = "machines"
"""A part that sets up databases of its own."""


def _parts() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(prog="prove")
    part = partial(_part, asked.add_subparsers(dest="part", required=True).add_parser)
    of_crash = part(
        "crash",
        "kill -9 of workers, server and PostgreSQL",
        lambda database, of: crash.main(database, of.kills, of.seed, keep=of.keep),
    )
    of_power = part(
        "power",
        "the power is cut; as root",
        lambda database, of: power.main(database, of.kills, of.seed, keep=of.keep),
    )
    part(
        "faults",
        "full disks, clocks that are set, folders and databases that are away",
        lambda database, of: faults.main(database, keep=of.keep),
    )
    part(
        "upgrade",
        "an old database, upgraded while people ask",
        lambda database, of: upgrade.main(database, keep=of.keep),
    )
    of_load = part(
        "load",
        "the last hour before the deadline",
        lambda database, of: load.main(database, of.units, of.minutes, keep=of.keep),
    )
    of_load.add_argument("--units", type=int, default=500)
    of_load.add_argument("--minutes", type=float, default=0, help="spread over so many of them")
    of_scale = part(
        "scale",
        "a province in one database",
        lambda database, of: scale.main(database, of.offices, keep=of.keep),
    )
    of_scale.add_argument("--offices", type=int, nargs="+", default=(1, 10, 100))
    of_nodes = part(
        "nodes",
        "two web nodes, and machines that go; as root",
        lambda _, of: nodes.main(of.kills, of.seed, keep=of.keep, script=of.script),
        on=(MACHINES,),
    )
    of_nodes.add_argument(
        "--script", action="store_true", help="machines set up by deploy/nodes.sh"
    )
    part(
        "office",
        "one machine set up by deploy/office.sh; as root",
        lambda _, of: office.main(keep=of.keep),
        on=(MACHINES,),
    )
    for of, most in ((of_crash, 300), (of_power, 30), (of_nodes, 30)):
        of.add_argument("--kills", type=int, default=most)
        of.add_argument("--seed", type=int, help="the same ones again")
    return asked


def _part(
    add: Callable[..., argparse.ArgumentParser],
    name: str,
    words: str,
    held: Held,
    *,
    on: tuple[str, ...] = (SQLITE, POSTGRESQL),
) -> argparse.ArgumentParser:
    """A part and what it tries, on each of the databases or on the one that is named."""
    part = add(name, help=words)
    part.add_argument("--keep", action="store_true", help="leave what it made to be looked at")
    if len(on) > 1:
        part.add_argument("--database", choices=on, help="only on this one")
    part.set_defaults(held=held, on=on, database=None)
    return part


def main() -> None:
    """Run the part that is named."""
    faulthandler.register(signal.SIGUSR1)
    chosen = _parts().parse_args()
    databases = [chosen.database] if chosen.database else chosen.on
    try:
        held = [chosen.held(database, chosen) for database in databases]
    except ProofFailed as failed:
        sys.exit(f"LOST {failed}")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
