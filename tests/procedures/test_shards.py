"""Shards add up to the whole, on processes and on a cluster, even when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace

import pytest
from distributed import LocalCluster

from relais.procedures import shards
from relais.procedures.caseload import CaseloadError
from relais.procedures.files import Columns, write_caseload
from relais.procedures.replay import replay
from relais.procedures.shards import Task, on_cluster, on_processes, one_by_one
from tests.procedures.sharded import always_dying, dying_once, people, slowly, version

IN_FORCE, DRAFT = version(["birth"]), version(["birth"], ["witness"])
TASK = Task(version=DRAFT, baseline=IN_FORCE, by=("sex",))


@pytest.fixture(scope="module")
def whole():
    answers = [replay(people(seed), DRAFT, IN_FORCE, ["sex"]) for seed in range(8)]
    total = answers[0]
    for each in answers[1:]:
        total = total + each
    return total


def test_shards_one_by_one_add_up_to_the_whole(whole):
    told = []
    places = [partial(people, seed) for seed in range(8)]
    assert one_by_one(TASK, places, lambda done, of: told.append((done, of))) == whole
    assert told == [(number, 8) for number in range(1, 9)]
    with pytest.raises(CaseloadError, match="there is no shard"):
        one_by_one(TASK, [])


def test_files_of_organisations_add_up_on_processes(whole, tmp_path):
    paths = [tmp_path / f"organisation-{seed}.parquet" for seed in range(8)]
    for seed, path in enumerate(paths):
        write_caseload(people(seed), path)
    task = Task(version=DRAFT, baseline=IN_FORCE, by=("sex",), columns=Columns.of([DRAFT, IN_FORCE], ["sex"]))
    told = []
    assert on_processes(task, paths, 2, lambda done, of: told.append((done, of))) == whole
    assert told[-1] == (8, 8)


def test_a_shard_whose_process_dies_is_tried_again(whole, tmp_path):
    assert on_processes(TASK, [partial(dying_once, seed, tmp_path) for seed in range(8)], 2) == whole
    with pytest.raises(CaseloadError, match="could not be replayed: their worker died each time"):
        on_processes(TASK, [always_dying], 1)


def test_a_cluster_gives_the_same_answer_though_a_worker_is_killed_in_the_middle(whole, tmp_path):
    cluster = LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50,
        worker_dashboard_address=None,
    )  # fmt: skip
    with cluster:
        killed = []

        def kill(done: int, _: int) -> None:
            if not killed:
                begun = max(tmp_path.iterdir(), key=lambda path: int(path.name.split("-")[2]))
                killed.append(int(begun.name.split("-")[1]))
                os.kill(killed[0], signal.SIGKILL)

        slow = [partial(slowly, seed, tmp_path) for seed in range(8)]
        assert on_cluster(TASK, slow, cluster, kill) == whole
        assert len(killed) == 1
        assert len(list(tmp_path.iterdir())) > 8  # what the killed worker had begun was begun again


def test_a_scheduler_that_does_not_answer_is_refused():
    with pytest.raises(CaseloadError, match="no Dask scheduler answers at tcp"):
        on_cluster(TASK, [partial(people, 1)], "tcp://127.0.0.1:9")


def test_a_shard_that_kills_every_worker_is_refused_and_dask_may_be_missing(monkeypatch):
    class EveryoneDied(Exception):
        """Stands in for what Dask says then."""

    class Client(nullcontext):
        def map(self, *_, **__):
            raise EveryoneDied

    fake = SimpleNamespace(Client=lambda *_, **__: Client(), KilledWorker=EveryoneDied)
    monkeypatch.setattr(shards.importlib, "import_module", lambda _: fake)
    with pytest.raises(CaseloadError, match="their worker died each time"):
        on_cluster(TASK, [], "tcp://127.0.0.1:9")

    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(shards.importlib, "import_module", missing)
    with pytest.raises(CaseloadError, match=r"install relais\[cluster\], or use --workers"):
        on_cluster(TASK, [], "tcp://127.0.0.1:9")
