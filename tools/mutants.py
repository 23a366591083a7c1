"""`make mutants`: changes of core, rules and rights that no test notices.

Each function is changed in one place at a time and the tests that reach it are run. What is counted
apart, for core, for the guard at the door and for the rules: killed, survived, timed out; a change
that no test reaches counts as survived. `make mutants ONLY="campaign.core.numbers.*"` narrows it.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (("campaign.core.", "core"), ("campaign.web.access.", "access"), ("campaign.", "rules"))
"""What is told apart, by how the name of a change begins; the first that fits."""
BARS = {"core": 95, "access": 100, "rules": 95}
"""Per cent of the changes that must be noticed; of the rights all."""
RIGHTS = "tests/shape/test_access.py"
"""Opens every address to whoever has signed in, one by one, and says how many it noticed."""
NOTICED = {"killed", "timeout", "segfault", "caught by type check"}
NOT_RUN = "not checked"


def changed(names: list[str]) -> list[tuple[str, str]]:
    """Run the changes of these names, or all; name and fate of each."""
    subprocess.run([sys.executable, "-m", "mutmut", "run", *names], cwd=ROOT, check=False)
    output = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lines = (line.strip().partition(": ") for line in output.splitlines())
    return [
        (name, fate) for name, colon, fate in lines if colon and not (names and fate == NOT_RUN)
    ]


def part_of(name: str) -> str:
    """The part a change belongs to."""
    return next(part for beginning, part in PARTS if name.startswith(beginning))


def is_met(part: str, fates: list[str]) -> bool:
    """Print how many changes of a part were noticed, and whether these are enough."""
    noticed = sum(fate in NOTICED for fate in fates)
    share = 100 * noticed / max(len(fates), 1)
    by_fate = ", ".join(f"{number} {fate}" for fate, number in Counter(fates).most_common())
    print(f"{part}: {by_fate}; {share:.1f} % of {len(fates)} noticed (at least {BARS[part]})")
    return share >= BARS[part]


def main() -> int:
    """Print what was noticed and what was not."""
    fates = changed(sys.argv[1:])
    for name, fate in fates:
        if fate not in NOTICED:
            print(f"  {fate}: {name}")
    by_part: dict[str, list[str]] = {}
    for name, fate in fates:
        by_part.setdefault(part_of(name), []).append(fate)
    are_met = [is_met(part, by_part[part]) for part in BARS if part in by_part]
    rights = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", RIGHTS], cwd=ROOT, check=False
    )
    return 0 if are_met and all(are_met) and rights.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
