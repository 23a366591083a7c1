"""`make prove`: what the system promises, tried on the product as it is served.

`python -m prove crash --database postgresql --kills 300` runs one part; each prints its figures and
ends with 1 where something was lost.
"""

import argparse
import faulthandler
import signal
import sys

from prove import crash, faults, load, nodes, office, power, scale, upgrade
from prove.ground import POSTGRESQL, SQLITE, ProofFailed


def main() -> None:
    """Run the part that is named, on the database that is named, or on both."""
    faulthandler.register(signal.SIGUSR1)
    asked = argparse.ArgumentParser(prog="prove")
    parts = asked.add_subparsers(dest="part", required=True)
    of_crash = parts.add_parser("crash", help="kill -9 of workers, server and PostgreSQL")
    of_crash.add_argument("--kills", type=int, default=300)
    of_crash.add_argument("--seed", type=int, help="the same kills again")
    of_power = parts.add_parser("power", help="the power is cut; as root")
    of_power.add_argument("--kills", type=int, default=30)
    of_power.add_argument("--seed", type=int, help="the same cuts again")
    of_faults = parts.add_parser("faults", help="full disks, folders and databases that are away")
    of_upgrade = parts.add_parser("upgrade", help="an old database, upgraded while people ask")
    of_load = parts.add_parser("load", help="the last hour before the deadline")
    of_load.add_argument("--units", type=int, default=500)
    of_load.add_argument("--minutes", type=float, default=0, help="spread over so many of them")
    of_scale = parts.add_parser("scale", help="a province in one database")
    of_scale.add_argument("--offices", type=int, nargs="+", default=(1, 10, 100))
    of_nodes = parts.add_parser("nodes", help="two web nodes, and machines that go")
    of_nodes.add_argument("--kills", type=int, default=30)
    of_nodes.add_argument("--seed", type=int, help="the same kills again")
    of_nodes.add_argument(
        "--script", action="store_true", help="machines set up by deploy/nodes.sh"
    )
    of_office = parts.add_parser("office", help="one machine set up by deploy/office.sh; as root")
    of_office.add_argument("--keep", action="store_true", help="leave the folder to be looked at")
    of_nodes.add_argument("--keep", action="store_true", help="leave the folders to be looked at")
    for part in (of_crash, of_power, of_faults, of_upgrade, of_load, of_scale):
        part.add_argument("--database", choices=(SQLITE, POSTGRESQL), help="only on this one")
        part.add_argument("--keep", action="store_true", help="leave the instance to be looked at")
    chosen = asked.parse_args()
    databases = [chosen.database] if getattr(chosen, "database", "") else [SQLITE, POSTGRESQL]
    try:
        if chosen.part == "nodes":
            held = [nodes.main(chosen.kills, chosen.seed, keep=chosen.keep, script=chosen.script)]
        elif chosen.part == "office":
            held = [office.main(keep=chosen.keep)]
        elif chosen.part in {"crash", "power"}:
            part_of = {"crash": crash.main, "power": power.main}[chosen.part]
            held = [
                part_of(database, chosen.kills, chosen.seed, keep=chosen.keep)
                for database in databases
            ]
        elif chosen.part == "load":
            held = [
                load.main(database, chosen.units, chosen.minutes, keep=chosen.keep)
                for database in databases
            ]
        elif chosen.part == "scale":
            held = [
                scale.main(database, chosen.offices, keep=chosen.keep) for database in databases
            ]
        else:
            of = {"faults": faults.main, "upgrade": upgrade.main}[chosen.part]
            held = [of(database, keep=chosen.keep) for database in databases]
    except ProofFailed as failed:
        sys.exit(f"LOST {failed}")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
