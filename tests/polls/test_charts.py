"""What charts are drawn from: labels that do not run into each other, numbers that people can read."""

import uuid

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from live.models import Presence
from polls.data import presenter_data
from polls.models import Poll
from polls.tally import _bins
from polls.templatetags.polls import COLUMNS_WIDTH, SIGN_WIDTH, described, drawn, figure
from tests.polls.conftest import answered, opened

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "shown"),
    [(150000.0, "150,000"), (200000, "200,000"), (1234.56, "1,235"), (3.67, "3.67"), (3.5, "3.5"), (4.0, "4")],
)
def test_figures_are_readable(number, shown):
    assert figure(number) == shown


def labels(**fields):
    poll = Poll(type="number", **fields)
    found = [column["tick"] for column in drawn(_bins(poll, {}))]
    return [tick for tick in found if tick]


@pytest.mark.parametrize(
    ("lowest", "highest", "shown"),
    [
        (0, 500_000, ["0", "250,000", "500,000"]),
        (0, 100, ["0", "50", "100"]),
        (0, 10, [str(number) for number in range(11)]),
        (2_000_000, 2_000_010, ["2,000,000", "2,000,005", "2,000,010"]),
        (-1_000_000_000, 1_000_000_000, ["-1,000,000,000", "0", "1,000,000,000"]),
    ],
)
def test_labels_of_columns_have_room(lowest, highest, shown):
    ticks = labels(lowest=lowest, highest=highest)
    assert [tick["label"] for tick in ticks] == shown
    shift = {"start": 0, "middle": 0.5, "end": 1}
    starts = [tick["x"] - shift[tick["anchor"]] * SIGN_WIDTH * len(tick["label"]) for tick in ticks]
    ends = [start + SIGN_WIDTH * len(tick["label"]) for start, tick in zip(starts, ticks, strict=True)]
    assert starts[0] >= 0 and ends[-1] <= COLUMNS_WIDTH
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_large_guesses_are_shown_with_separators(session, crowd):
    poll = opened(session, type="number", lowest=0, highest=500_000, target=200_000)
    answered(poll, crowd[:1], number=[150_000])
    poll.state = "closed"
    [data] = presenter_data([poll])
    html = render_to_string("polls/_chart.html", {"data": data, "results": data["results"]})
    for shown in (">150,000<", ">200,000<", "50,000 off", ">250,000<"):
        assert shown in html
    assert "150000" not in html and "41666" not in html
    assert described(data["results"]["columns"]) == "125,000–166,666: 1"


def test_a_share_is_told_only_of_those_who_follow(session, crowd):
    poll = opened(session)
    answered(poll, crowd[:3], option=[0])
    for present, shown, hidden in ((4, "75 %", ""), (3, "100 %", ""), (1, "<strong>1</strong> following", "%")):
        values = {"count": present, "seen_at": timezone.now(), "process": uuid.UUID(int=1)}
        Presence.objects.update_or_create(key=session.room_key, defaults=values)
        data = presenter_data([poll])[0] | {"results": None}
        html = render_to_string("polls/_run_chart.html", {"data": data})
        assert shown in html
        assert not hidden or hidden not in html
