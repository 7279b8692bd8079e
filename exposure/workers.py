"""Worker processes: pebble's one door.

Photos go to the workers in chunks and come back in order. Each worker has limits on time and memory; when one
dies or takes too long, the files of its chunk are tried one by one, and the one that does it again is reported.
"""

from __future__ import annotations

import contextlib
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from exposure.examining import examine, unread
from exposure.model import Examination, Settings
from exposure.source import FileSource

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

CHUNK = 32
SECONDS = 60.0
"""What one file may take; a chunk may take twice as long."""

BYTES = 3 << 30
"""The address space one worker may use, where the system can limit it."""

_AHEAD = 3
"""Chunks that wait for each worker, so that none is ever idle."""

Item = FileSource | Examination


def examined(todo: Iterable[Item], settings: Settings, jobs: int) -> Iterator[Examination]:
    """What `examine` makes of each item, in the order given, by `jobs` worker processes."""
    import multiprocessing

    from pebble import ProcessPool

    context = multiprocessing.get_context("spawn")  # the same on every system, and safe with threads
    with ProcessPool(max_workers=jobs, initializer=_begin, context=context) as pool:
        try:
            with _shielded():
                pool.schedule(_ready)  # starts the workers, and pebble's threads, which start later ones
            yield from _in_order(pool, iter(todo), settings, jobs)
        except BaseException:
            for worker in multiprocessing.active_children():
                worker.kill()  # at once: one that is still starting would complain of the pipe that pebble closes
            pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it bare
            raise


@contextlib.contextmanager
def _shielded() -> Iterator[None]:
    """Whatever is started in here never hears of Ctrl-C, not even while it is still importing."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `_begin` is soon enough
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # when it starts by itself it lifts the shield
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ready() -> None:
    """A first task that does nothing."""


def _in_order(
    pool: ProcessPool, todo: Iterator[Item], settings: Settings, jobs: int
) -> Iterator[Examination]:
    waiting: deque[tuple[list[Item], ProcessFuture[list[Examination]]]] = deque()
    while True:
        while len(waiting) < jobs * _AHEAD and (chunk := list(islice(todo, CHUNK))):
            waiting.append((chunk, pool.schedule(_chunk, args=(chunk, settings), timeout=2 * SECONDS)))
        if not waiting:
            return
        chunk, future = waiting.popleft()
        try:
            yield from future.result()
        except Exception:  # whatever ended the worker, each of its files gets its own try, which says why
            for item in chunk:
                yield _alone(pool, item, settings)


def _alone(pool: ProcessPool, item: Item, settings: Settings) -> Examination:
    """One file by itself; the reason, when it ends its worker too."""
    try:
        (found,) = pool.schedule(_chunk, args=([item], settings), timeout=SECONDS).result()
    except TimeoutError:
        why = f"this file took longer than {SECONDS:.0f} seconds to read and was given up"
    except MemoryError:
        why = "this file needs more memory than it may have and was given up"
    except Exception as error:  # a worker that died, or a mistake of ours: either costs this file only
        why = f"this file ended the process that read it ({type(error).__name__}) and was given up"
    else:
        return found
    return unread(item.name, why, settings)


def _begin() -> None:
    """In a new worker: Ctrl-C is the parent's business, and memory has a limit where the system can set one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = BYTES if hard == resource.RLIM_INFINITY else min(BYTES, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit but may refuse to set it
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _chunk(items: list[Item], settings: Settings) -> list[Examination]:
    return [examine(item, settings) for item in items]
