"""`make mutants`: changes of rules and core that no test notices, and rights that were weakened.

Each function is changed in one place at a time and the tests that reach it are run. What is counted
apart: killed, survived, timed out; a change that no test reaches counts as survived.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BAR = 95
"""Per cent of the changes of rules and core that must be noticed; of the rights all."""
RIGHTS = "tests/shape/test_access.py"
"""Opens every address to whoever has signed in, one by one, and says how many it noticed."""
NOTICED = {"killed", "timeout", "segfault", "caught by type check"}


def changed() -> list[tuple[str, str]]:
    """Run all changes; name and fate of each."""
    subprocess.run([sys.executable, "-m", "mutmut", "run"], cwd=ROOT, check=False)
    output = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lines = (line.strip().partition(": ") for line in output.splitlines())
    return [(name, fate) for name, colon, fate in lines if colon]


def main() -> int:
    """Print what was noticed and what was not."""
    fates = changed()
    by_fate = Counter(fate for _, fate in fates)
    noticed = sum(number for fate, number in by_fate.items() if fate in NOTICED)
    for name, fate in fates:
        if fate not in NOTICED:
            print(f"  {fate}: {name}")
    share = 100 * noticed / max(len(fates), 1)
    print(
        f"rules and core: {dict(by_fate)}; {share:.1f} % of {len(fates)} noticed (at least {BAR})"
    )
    rights = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", RIGHTS], cwd=ROOT, check=False
    )
    return 0 if share >= BAR and rights.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
