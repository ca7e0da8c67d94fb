"""Shards add up to the whole, on processes and on a cluster, even when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from relais.procedures import shards
from relais.procedures.caseload import CaseloadError
from relais.procedures.files import Columns, write_caseload
from relais.procedures.replay import replay
from relais.procedures.shards import Task, on_cluster, on_processes, one_by_one
from tests.procedures.sharded import (
    always_dying,
    always_failing,
    dying_once,
    failing_once,
    people,
    refused,
    slowly,
    unreadable_once,
    version,
)

IN_FORCE, DRAFT = version(["birth"]), version(["birth"], ["witness"])
TASK = Task(version=DRAFT, baseline=IN_FORCE, by=("sex",))

FAILED = r"shards failed 3 times \(.*stale file handle\); see whether their disk and the network answer"


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


def test_who_stands_in_two_files_is_refused_before_anyone_is_replayed(tmp_path):
    sexes = {"a": ["f", "m", "m"], "b": ["f", "f"]}
    for name, who in (("a", ["1", "2", "3"]), ("b", ["4", "3"])):
        columns = {paper: pa.array([1] * len(who), pa.int8()) for paper in ("birth", "witness")}
        table = pa.table(columns | {"sex": sexes[name], "person": who})
        pq.write_table(table, tmp_path / f"{name}.parquet")
        pq.write_table(table.drop_columns("person"), tmp_path / f"{name}-nameless.parquet")
        pq.write_table(table.rename_columns(["birth", "witness", "sex", "number"]), tmp_path / f"{name}-number.parquet")
    a, b = str(tmp_path / "a.parquet"), str(tmp_path / "b.parquet")
    number = replace(TASK, person="number", columns=Columns.of([DRAFT, IN_FORCE], ["sex"]))
    for engine in (one_by_one, partial(on_processes, workers=1)):
        with pytest.raises(CaseloadError) as refused:
            engine(TASK, [a, b])
        assert str(refused.value) == (
            f"{b}: column person, row 2: the same person as in {a}, row 3; keep one row a person, in one file"
        )
        with pytest.raises(CaseloadError, match="column number, row 2: the same person as in"):
            engine(number, [tmp_path / "a-number.parquet", tmp_path / "b-number.parquet"])
        with pytest.raises(
            CaseloadError, match=r"b\.parquet: column number is missing; name the column of identifiers"
        ):
            engine(number, [tmp_path / "a-number.parquet", b])
        with pytest.raises(CaseloadError, match=r"a-nameless\.parquet: this file is named twice"):
            engine(TASK, [tmp_path / "a-nameless.parquet", tmp_path / ".." / tmp_path.name / "a-nameless.parquet"])
        assert engine(TASK, [a, tmp_path / "b-nameless.parquet"]).people == 5
    assert one_by_one(TASK, [a]).people == 3


def test_a_shard_whose_process_dies_is_tried_again(whole, tmp_path):
    assert on_processes(TASK, [partial(dying_once, seed, tmp_path) for seed in range(8)], 2) == whole
    with pytest.raises(CaseloadError, match="could not be replayed: their worker died each time"):
        on_processes(TASK, [always_dying], 1)


def cluster_of(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
        worker_dashboard_address=None, silence_logs=50,
    )  # fmt: skip


@pytest.mark.parametrize("failing", [failing_once, unreadable_once])
def test_a_shard_that_fails_is_tried_again(whole, tmp_path, failing):
    for name, engine in (("here", one_by_one), ("processes", partial(on_processes, workers=2))):
        (tmp_path / name).mkdir()
        assert engine(TASK, [partial(failing, seed, tmp_path / name) for seed in range(8)]) == whole
        assert list((tmp_path / name).iterdir())


def test_a_cluster_tries_a_shard_again_that_fails_but_not_one_it_refuses(whole, tmp_path):
    with cluster_of(2) as cluster:
        for name, failing in (("a", failing_once), ("b", unreadable_once)):
            (tmp_path / name).mkdir()
            assert on_cluster(TASK, [partial(failing, seed, tmp_path / name) for seed in range(8)], cluster) == whole
        with pytest.raises(CaseloadError, match=FAILED):
            on_cluster(TASK, [always_failing, partial(people, 1)], cluster)
        (tmp_path / "c").mkdir()
        with pytest.raises(CaseloadError, match="row 3: 7 means nothing here"):
            on_cluster(TASK, [partial(refused, tmp_path / "c"), partial(people, 1)], cluster)
        assert len(list((tmp_path / "c").iterdir())) == 1
        paths = [tmp_path / f"{name}.parquet" for name in "ab"]
        for path in paths:
            pq.write_table(pa.table({"birth": [1, 1], "witness": [0, 0], "sex": ["f", "m"], "person": [1, 2]}), path)
        with pytest.raises(
            CaseloadError, match=r"b\.parquet: column person, row 1: the same person as in .*a\.parquet"
        ):
            on_cluster(TASK, paths, cluster)


def test_a_shard_that_fails_each_time_ends_the_replay_and_one_that_is_refused_ends_it_at_once(tmp_path):
    for engine in (one_by_one, partial(on_processes, workers=2)):
        with pytest.raises(CaseloadError, match=FAILED):
            engine(TASK, [partial(people, 1), always_failing])
    for name, engine in (("here", one_by_one), ("processes", partial(on_processes, workers=2))):
        (tmp_path / name).mkdir()
        with pytest.raises(CaseloadError, match="row 3: 7 means nothing here"):
            engine(TASK, [partial(people, 1), partial(refused, tmp_path / name)])
        assert len(list((tmp_path / name).iterdir())) == 1
    with pytest.raises(CaseloadError, match="row 3: 7 means nothing here"):
        on_processes(TASK, [partial(refused, tmp_path), *(partial(slowly, seed, tmp_path) for seed in range(8))], 1)
    assert len(list(tmp_path.glob("*-*"))) < 8  # those still waiting were let go
    (tmp_path / "torn.parquet").write_bytes(b"PAR1")
    with pytest.raises(CaseloadError, match=r"torn\.parquet: cannot be read as parquet"):
        on_processes(TASK, [partial(people, 1), tmp_path / "torn.parquet"], 2)


def test_a_cluster_gives_the_same_answer_though_a_worker_is_killed_in_the_middle(whole, tmp_path):
    with cluster_of(3) as cluster:
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
        def submit(self, *_, **__):
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
