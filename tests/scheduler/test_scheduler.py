"""The scheduler: what is due is done once, whatever happens to the processes that do it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from common import clock
from common.contract import Again, Job
from common.registry import registry
from scheduler import models, planning, work
from tests import servers
from tests.programs import scheduler as programs
from tests.shell import Shell

JOBS = 40


@pytest.fixture
def kind(monkeypatch):
    """`kind(function, ...)` declares the job "test.job"."""

    def declare(run, **options):
        monkeypatch.setattr(registry, "jobs", {"test.job": Job(run, **options)})

    return declare


def test_two_processes_do_each_job_once(postgres_url):
    with servers.folder() as home:
        env = servers.environment(home, DATABASE_URL=servers.new_database(postgres_url))
        shell = Shell(env)
        try:
            shell.call(programs.plan, {"jobs": JOBS})
            start = time.time() + 6  # both have loaded the product by then
            with ThreadPoolExecutor(2) as threads:
                counts = list(threads.map(lambda _n: shell.call(programs.do, {"start": start}), range(2)))
            done = shell.call(programs.done, {})
        finally:
            shell.stop()
    assert sorted(number for number, _process in done) == list(range(JOBS))
    assert sum(counts) == JOBS and len({process for _number, process in done}) == 2


@pytest.mark.django_db
def test_what_was_due_during_a_standstill_is_done_in_its_order(kind):
    done = []
    kind(lambda data: done.append(data["n"]))
    for n, hours in enumerate((1, 3, 2)):
        planning.at(clock.now() - timedelta(hours=hours), "test.job", {"n": n})
    planning.at(clock.now() + timedelta(hours=1), "test.job", {"n": 9})
    assert work.do_due() == 3 and done == [1, 2, 0]
    assert models.Job.objects.count() == 1


@pytest.mark.django_db
def test_a_job_whose_process_died_is_taken_by_another(kind):
    kind(lambda data: None)
    planning.at(clock.now(), "test.job")
    assert work.take() and work.take() is None
    models.Job.objects.update(taken_until=clock.now() - timedelta(seconds=1))
    assert work.do_due() == 1 and not models.Job.objects.exists()


@pytest.mark.django_db
def test_who_has_lost_a_job_does_not_do_it(kind):
    done = []
    kind(done.append)
    planning.at(clock.now(), "test.job")
    slow = work.take()
    models.Job.objects.update(taken_until=clock.now() - timedelta(seconds=1))
    quick = work.take()
    work.do(slow)
    assert done == []
    work.do(quick)
    assert done == [{}]


@pytest.mark.django_db
def test_what_fails_leaves_nothing_and_is_tried_again_until_it_is_given_up(kind):
    def fails(data):
        planning.at(clock.now(), "test.other")
        raise ValueError("no")

    kind(fails)
    planning.at(clock.now(), "test.job")
    assert work.do_due() == 1
    row = models.Job.objects.get()
    assert row.due_at > clock.now() and row.error == "no" and row.failed_at is None
    models.Job.objects.update(due_at=clock.now(), tries=work.MOST_TRIES - 1)
    work.do_due()
    assert models.Job.objects.get().failed_at
    models.Job.objects.update(due_at=clock.now())
    assert work.do_due() == 0


@pytest.mark.django_db
def test_a_job_goes_on_with_other_data(kind):
    seen = []

    def counts(data):
        seen.append(data["n"])
        return Again(clock.now(), {"n": data["n"] + 1}) if data["n"] < 3 else None

    kind(counts)
    planning.at(clock.now(), "test.job", {"n": 1})
    work.do_due()
    assert seen == [1, 2, 3] and not models.Job.objects.exists()


@pytest.mark.django_db
def test_what_is_done_again_and_again_has_one_row(kind):
    kind(lambda data: None, every=60)
    work.start()
    work.start()
    assert work.do_due() == 1
    assert models.Job.objects.get().due_at > clock.now() + timedelta(seconds=50)


@pytest.mark.django_db
def test_a_job_of_the_same_key_takes_the_place_of_the_earlier(kind):
    planning.at(clock.now(), "test.job", {"n": 1}, key="edition:1")
    planning.at(clock.now() + timedelta(hours=1), "test.job", {"n": 2}, key="edition:1")
    assert planning.planned("test.job", "edition:1").data == {"n": 2}
    assert planning.drop("test.job", "edition:1") and not planning.drop("test.job", "edition:1")
