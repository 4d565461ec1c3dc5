"""What collaboration keeps of a person, gives them, and forgets."""

import pytest

from collaboration import delegating, following, privacy, replicating, telling
from collaboration.models import Delegate, Reminder, Report, Signature, TeamMessage
from collaboration.signing import is_whole
from people import account
from people.models import AuditEntry
from tests.collaboration.conftest import case_of, city_of, delegation_of, draft_of, report_of, signed_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def traces(place):
    mayor = place["all"]["mayor"]
    place["signed"] = signed_by(draft_of(place["edition"], place["lagos"]), (place["lagos"], mayor))
    following.tell(place["signed"].pk, report_of(place["lagos"]), mayor)
    Reminder.objects.create(commitment=place["signed"], participant=mayor, months=3)
    replication = replicating.begin(case_of(city_of("Da Nang")), city_of("Accra", mayor), mayor)
    replicating.write(replication.pk, "Xk7canary", mayor, from_team=False)
    replicating.adapt(replication.pk, "Mango trees", mayor)
    telling.tell(replication, "words", place["all"]["partner"], from_team=True)
    telling.be_silent(replication, mayor, True)
    delegation = delegation_of(place["edition"], place["porto"], mayor.email)
    delegating.nominate(delegation, Delegate(name="Xk7canary", email=mayor.email), mayor)
    delegating.look_for(delegation, "Pumps", mayor)
    return mayor


def test_all_of_it_is_exported(traces):
    exported = privacy.export(traces)
    assert all(exported.values()), [name for name, rows in exported.items() if not rows]
    assert exported["replication_messages"][0]["text"] == "Xk7canary"


def test_the_name_goes_and_the_promise_stays(place, traces):
    signature = Signature.objects.get()
    account.delete(traces)
    signature.refresh_from_db()
    assert (signature.by, signature.name, signature.office) == (None, "", "")
    assert is_whole(signature.version) and Report.objects.get().by is None
    assert not Reminder.objects.exists() and not TeamMessage.objects.exists() and not Delegate.objects.exists()


def test_the_record_holds_no_name_and_no_words(traces):
    entries = AuditEntry.objects.filter(action__startswith="collaboration.")
    text = " ".join(str(entry.details) for entry in entries)
    assert entries.count() >= 4 and "Xk7canary" not in text and "Shade" not in text and "@" not in text
