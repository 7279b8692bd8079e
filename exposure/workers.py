"""Worker processes: pebble's one door.

Items go to the workers in chunks and their results come back in order. Each worker has limits on time and memory;
when one dies or takes too long, the items of its chunk are tried one by one, and the one that does it again is given
up and said.
"""

from __future__ import annotations

import contextlib
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from exposure.source import FileSource

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 32
SECONDS = 60.0
"""What one item may take where it is not said; a chunk may take twice as long."""

BYTES = 3 << 30
"""The address space one worker may use, where the system can limit it."""

_AHEAD = 3
"""Chunks that wait for each worker, so that none is ever idle."""

_MOST = 1_000
"""A chunk ends after so many items, though hardly any of them goes to a worker."""
_HEAVY, _TOO_HEAVY = 1 << 24, 1 << 26
"""A chunk ends where so many bytes go along with its items; and one with which more would go stays here."""


class Work(NamedTuple, Generic[T, R]):
    """What is to be done with each item. All of it crosses processes, so the functions stand in a module."""

    do: Callable[[T], R]
    given_up: Callable[[T, str], R]
    """The result of an item whose worker died or was stopped, with the reason in a sentence."""
    chunk: int = CHUNK
    """Items that go to a worker at once."""
    seconds: float = SECONDS
    """What one item may take; a chunk may take twice as long."""
    is_light: Callable[[T], bool] = lambda item: False
    """Whether an item is done in no time: then it is done here, in its turn, and sent nowhere."""


def worked(todo: Iterable[T], work: Work[T, R], jobs: int) -> Iterator[R]:
    """The result of each item, in the order given, by `jobs` worker processes."""
    import multiprocessing

    from pebble import ProcessPool

    context = multiprocessing.get_context("spawn")  # the same on every system, and safe with threads
    with ProcessPool(max_workers=jobs, initializer=_begin, context=context) as pool:
        try:
            with _shielded():
                pool.schedule(_ready)  # starts the workers, and pebble's threads, which start later ones
            yield from _in_order(pool, iter(todo), work, jobs)
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


def _in_order(pool: ProcessPool, todo: Iterator[T], work: Work[T, R], jobs: int) -> Iterator[R]:
    waiting: deque[tuple[list[T], ProcessFuture[list[R]] | None]] = deque()
    chunks = _chunks(todo, work)
    while True:
        for chunk, light in islice(chunks, jobs * _AHEAD - len(waiting)):
            heavy = [item for item in chunk if not work.is_light(item)]
            send = partial(pool.schedule, _chunk, args=(heavy, work.do), timeout=2 * work.seconds)
            waiting.append((chunk, send() if light else None))
        if not waiting:
            return
        chunk, future = waiting.popleft()
        if future is None:
            yield from map(work.do, chunk)
            continue
        try:
            results: Iterator[R] = iter(future.result())
        except Exception:  # whatever ended the worker, each of its items gets its own try, which says why
            results = (_alone(pool, item, work) for item in chunk if not work.is_light(item))
        for item in chunk:
            yield work.do(item) if work.is_light(item) else next(results)


def _chunks(todo: Iterable[T], work: Work[T, R]) -> Iterator[tuple[list[T], bool]]:
    """The items by so many at a time, and whether they are light enough to go to another process."""
    chunk: list[T] = []
    weight = heavy = 0
    for item in todo:
        chunk.append(item)
        weight += _travels(item)
        heavy += not work.is_light(item)
        if heavy == work.chunk or len(chunk) == _MOST or weight >= _HEAVY:
            yield chunk, weight <= _TOO_HEAVY
            chunk, weight, heavy = [], 0, 0
    if chunk:
        yield chunk, weight <= _TOO_HEAVY


def _travels(item: object) -> int:
    """How many bytes of files go along with an item."""
    parts = item if isinstance(item, tuple) else (item,)
    return sum(part.travels for part in parts if isinstance(part, FileSource))


def _alone(pool: ProcessPool, item: T, work: Work[T, R]) -> R:
    """One item by itself; the reason, when it ends its worker too."""
    try:
        future: ProcessFuture[list[R]] = pool.schedule(_chunk, args=([item], work.do), timeout=work.seconds)
        (found,) = future.result()
    except TimeoutError:
        why = f"this file took longer than {work.seconds:.0f} seconds to read and was given up"
    except MemoryError:
        why = "this file needs more memory than it may have and was given up"
    except Exception as error:  # a worker that died, or a mistake of ours: either costs this file only
        why = f"this file ended the process that read it ({type(error).__name__}) and was given up"
    else:
        return found
    return work.given_up(item, why)


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


def _chunk(items: list[T], do: Callable[[T], R]) -> list[R]:
    return [do(item) for item in items]
