"""What is printed: a table for each shape, the missed bars at the end."""

from bench.asking import Figures
from bench.fill import Shape
from bench.pages import KNOWN_MS, KNOWN_ROWS, MEMORY_BAR, PLAIN_WINS, RANKING_BAR

HEADS = ("queries", 8), ("median", 10), ("p95", 9), ("bytes", 11), ("rows", 7), ("floor", 9)


class Report:
    """The figures, each beside its bar as it is on this machine now."""

    def __init__(self) -> None:
        """Nothing missed yet, and a machine as fast as the one where the bars were measured."""
        self.missed: list[str] = []
        self._shape: Shape | None = None
        self._scale = 1.0
        self._statements: dict[tuple[bool, str, str], int] = {}

    def begin(self, shape: Shape, bare_ms: float) -> None:
        """The heads of a table, and how fast the machine is now."""
        self._shape, self._scale = shape, bare_ms / KNOWN_MS
        print(f"\n{shape}")
        print(
            f"  (a bare table of {KNOWN_ROWS} rows takes {bare_ms:.2f} ms now, {KNOWN_MS} ms where "
            f"the bars were measured: all bars x {self._scale:.2f})"
        )
        heads = "".join(f"{name:>{width}}" for name, width in HEADS)
        print(f"  {'page':<21}{heads}{'bar':>9}{'of bar':>8}")

    def page(self, name: str, seen: Figures, statements: int, bare: Figures, bar: float) -> None:
        """One page beside its bar, 0 where it has none; the bare floor for information."""
        print(
            f"  {name:<21}{statements or '':>8}{seen.median:>10.2f}{seen.p95:>9.2f}"
            f"{seen.size:>11,}{seen.rows:>7,}{bare.median:>9.2f}"
            f"{self._beside(name, seen.median, bar, 'ms')}"
        )
        if self._shape is None or not statements:
            return
        kind = (self._shape.with_indicators, self._shape.table, name)
        known = self._statements.setdefault(kind, statements)
        if known != statements:
            self._miss(f"{name}: {statements} statements, {known} where there were fewer units")

    def seconds(self, name: str, took: float, bar: float) -> None:
        """A figure in seconds."""
        print(f"  {name:<30}{took:>8.2f} s{self._beside(name, took, bar, 's')}")

    def ranking(self, units: int, took: float) -> None:
        """How long the ranking of a block takes by itself."""
        name = f"ranking of {units:,} units computed"
        print(f"  {name:<50}{took:>8.1f} ms{self._beside(name, took, RANKING_BAR, 'ms')}")

    def memory(self, used: float) -> None:
        """MiB of the worker, which no slow day makes more."""
        print(f"  memory of the worker: {used:.0f} MiB (at most {MEMORY_BAR})")
        if used > MEMORY_BAR:
            self._miss(f"memory of the worker: {used:.0f} MiB")

    def _beside(self, name: str, took: float, bar: float, unit: str) -> str:
        if not bar:
            return ""
        limit = bar * self._scale
        times = took / limit
        columns = f"{limit:>9.2f}{times:>8.2f}"
        if times <= 1:
            return columns
        if times <= PLAIN_WINS:
            return f"{columns}  over, within {PLAIN_WINS} times"
        self._miss(f"{name}: {took:.2f} {unit}, {times:.1f} times the bar of {limit:.2f}")
        return f"{columns}  MISSED"

    def _miss(self, sentence: str) -> None:
        self.missed.append(f"{self._shape}: {sentence}" if self._shape else sentence)
