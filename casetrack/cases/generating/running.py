"""All of it: places, plan, chunks one after the other or two at a time, and what the database should know after."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from django.db import connection, connections, transaction
from django.utils.timezone import localdate

from casetrack.cases.generating.indexes import search_at_once, searched_later
from casetrack.cases.generating.loading import Loader
from casetrack.cases.generating.people import Population
from casetrack.cases.generating.places import PlaceRefused as PlaceRefused
from casetrack.cases.generating.places import ensure_places
from casetrack.cases.generating.planning import CHUNK, Plan, Share, Wish, plan
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, NumberSeries, Party
from casetrack.cases.projection import SETTLE
from casetrack.lib.queues import nudge

EARLIEST = date(2006, 1, 1)  # the regulation on petitions of 2005 is the oldest that is here
MOST = 20_000_000
PEOPLE_A_CASE = 1.3
Progress = Callable[[int], None]


class WishRefused(Exception):
    """A number or a period for which no cases can be made."""


class Stopped(Exception):
    """A process that was generating ended before its share was done."""


def generate(wish: Wish, *, processes: int = 0, progress: Progress = lambda made: None) -> int:
    """Make the cases: how many. `progress` hears of each chunk once it is there for good."""
    refuse(wish)
    search_at_once()  # a run before this one may have been killed
    whole = plan(wish, ensure_places(wish.region, first=wish.first))
    beside = processes or (min(os.cpu_count() or 1, len(whole.shares)) if wish.cases > CHUNK else 1)
    made = 0
    with searched_later() if wish.cases > CHUNK and not connection.in_atomic_block else nullcontext():
        for chunk in in_turn(whole) if beside == 1 else side_by_side(whole):
            made += chunk
            progress(chunk)
    finish()
    return made


def refuse(wish: Wish) -> None:
    if not 1 <= wish.cases <= MOST:
        raise WishRefused(f"件数应在1至{MOST}之间，不能是{wish.cases}")
    if wish.first > wish.last:
        raise WishRefused(f"起始日期{wish.first}晚于截止日期{wish.last}，请对调")
    if wish.first < EARLIEST:
        raise WishRefused(f"起始日期{wish.first}早于{EARLIEST}，此前的法律没有收录，请改用以后的日期")
    if wish.last > localdate(wish.now):
        raise WishRefused(f"截止日期{wish.last}晚于今天（{localdate(wish.now)}），案件不能登记在将来")


def loader(whole: Plan, share: Share) -> Loader:
    return Loader(whole, share, Population(max(100, round(whole.wish.cases * PEOPLE_A_CASE))))


def in_turn(whole: Plan) -> Iterator[int]:
    """A chunk of each share after the other, so that what is there at any time is spread like the whole."""
    loaders = [(loader(whole, share), iter(range(share.chunks))) for share in whole.shares]
    while loaders:
        for each in list(loaders):
            load, chunks = each
            if (chunk := next(chunks, None)) is None:
                loaders.remove(each)
            else:
                yield load.load(chunk)


def side_by_side(whole: Plan) -> Iterator[int]:
    """Each share in a process and on a connection of its own: while one waits for the database, the other writes.

    One whose parent was killed can't tell it of its chunk, and ends with that one.
    """
    connections.close_all()  # a connection must not be shared between processes
    context = get_context("fork")
    working: dict[Connection, BaseProcess] = {}
    for share in whole.shares:
        reader, writer = context.Pipe(duplex=False)
        working[reader] = context.Process(target=work, args=(whole, share, reader, writer), daemon=True)
        working[reader].start()
        writer.close()
    processes = list(working.values())
    try:
        while working:
            ready = wait(list(working))
            for reader in [each for each in working if each in ready]:
                yield from heard(reader, working)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def work(whole: Plan, share: Share, reader: Connection, writer: Connection) -> None:
    reader.close()
    load = loader(whole, share)
    for chunk in range(share.chunks):
        writer.send(load.load(chunk))


def heard(reader: Connection, working: dict[Connection, BaseProcess]) -> Iterator[int]:
    """What a process says of its chunk, or nothing where it has ended well."""
    try:
        yield reader.recv()
    except EOFError:
        process = working.pop(reader)
        process.join()
        if process.exitcode:
            raise Stopped(f"生成案件的进程意外结束（退出码{process.exitcode}）") from None


def finish() -> None:
    """Statistics for the planner, pages known to be all visible, and a worker woken for the marks."""
    tables: Sequence[str] = [
        model._meta.db_table for model in (Case, CaseEvent, Milestone, Deadline, Party, NumberSeries)
    ]
    how = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {', '.join(tables)}")
    with transaction.atomic():
        nudge(SETTLE)
