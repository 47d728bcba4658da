"""Several processes as one: started together, ended together."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import until
from workers.processes import Company, NoPortFree, asked_to_stop, listening_from

SLEEPS = (sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(600)")
STUBBORN = (
    sys.executable,
    "-c",
    "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " pathlib.Path(sys.argv[1]).touch(); time.sleep(600)",
)


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with listening_from(port) as found:
            assert port < found.getsockname()[1] <= port + 100


def test_a_port_that_no_machine_has_is_refused_with_a_way_out() -> None:
    with pytest.raises(NoPortFree, match="--port"):
        listening_from(65536)


def test_leaving_ends_every_child(tmp_path: Path) -> None:
    with Company(cwd=tmp_path) as company:
        company.start("one", SLEEPS)
        company.start("other", SLEEPS)
        assert company.first_to_end() is None

    assert {child.returncode for child in company.children.values()} == {-signal.SIGTERM}


def test_a_child_that_ends_by_itself_is_named(tmp_path: Path) -> None:
    with Company(cwd=tmp_path) as company:
        company.start("lasts", SLEEPS)
        company.start("breaks", (sys.executable, "-c", "raise SystemExit(3)"))
        company.children["breaks"].wait(10)

        assert company.first_to_end() == "breaks"


def test_a_child_still_starting_leaves_ctrl_c_to_its_parent(tmp_path: Path) -> None:
    with Company(cwd=tmp_path) as company:
        company.start("starting", SLEEPS)

        company.children["starting"].send_signal(signal.SIGINT)

        with pytest.raises(subprocess.TimeoutExpired):
            company.children["starting"].wait(0.5)


def test_a_child_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.processes.SECOND_PATIENCE", 0.3)
    ready = tmp_path / "ready"
    company = Company(cwd=tmp_path, patience=0.3)
    company.start("stubborn", (*STUBBORN, str(ready)))
    until(ready.exists)

    company.stop()

    assert company.children["stubborn"].wait(5) == -signal.SIGKILL


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_of_being_asked_to_stop_is_heard(signum: signal.Signals) -> None:
    before = signal.getsignal(signum)

    with asked_to_stop() as asked:
        signal.raise_signal(signum)

        assert asked.is_set()

    assert signal.getsignal(signum) == before
