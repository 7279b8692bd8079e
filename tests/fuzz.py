"""Long fuzzing: ``python -m tests.fuzz --cases 5000`` damages the samples of every format and reads them.

Each case may end in a clean read or in problems that are said; any exception, a hang of over two seconds, or parts
that do not tile the file stop the run with the smallest input that shows it. The suite runs a short version.
"""

from __future__ import annotations

import argparse
import importlib
import time

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exposure.plugins import modules
from tests.damage import damaged
from tests.formats.test_contract import survives


def fuzz(module: str, cases: int) -> int:
    """Read that many damaged versions of one format's samples; how many were read."""
    samples = importlib.import_module(f"tests.formats.test_{module}").SAMPLES
    done = 0

    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(draw=st.data())
    def case(draw: st.DataObject) -> None:
        nonlocal done
        survives(damaged(samples, draw))
        done += 1

    case()
    return done


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=5000, help="for each format (default %(default)s)")
    parser.add_argument("formats", nargs="*", default=modules("formats"), metavar="FORMAT")
    options = parser.parse_args()
    for module in options.formats:
        started = time.perf_counter()
        done = fuzz(module, options.cases)
        print(
            f"{module:8} {done:6} damaged files read in {time.perf_counter() - started:5.1f} s, nothing raised",
            flush=True,
        )


if __name__ == "__main__":
    main()
