"""The command line: words in, exit code out; all the work is elsewhere.

Exit codes of ``scan`` and ``check``: 0 nothing (new) at or above ``--fail-on``; 1 something; 2 could not run; 3 nothing
found, but some files could not be examined. Every command: 130 stopped with Ctrl-C, 141 the reader of the output went away.
"""

from __future__ import annotations

import sys

from exposure import __version__


def main(argv: list[str] | None = None) -> int:
    """Run one command; the words are those of the command line unless given."""
    words = sys.argv[1:] if argv is None else argv
    if words in (["--version"], ["-V"]):  # answered before anything else is imported
        sys.stdout.write(f"exposure {__version__}\n")
        return 0
    try:
        from exposure.cli._run import run
    except KeyboardInterrupt:  # stopped before anything was looked at
        sys.stderr.write("exposure: stopped; your photos are as they were\n")
        return 130
    return run(words)
