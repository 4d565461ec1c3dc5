"""What planning's addresses in the permission matrix need."""


def fill(session, made):
    """A change that was released, one that is drafted, and a new session that is not published."""
    from planning.models import Change, Draft, Release
    from planning.working import find

    edition = session.edition
    start, end = session.start.isoformat(), session.end.isoformat()
    new = {"title": "New", "stage": session.stage_id, "start": start, "end": end, "speakers": [], "languages": []}
    new |= {"format": "", "abstract": "", "poster": "", "stream": "", "visibility": "public", "visible_passes": []}
    released = Release.objects.create(edition=edition, version=1, comment="Words")
    Change.objects.create(release=released, session=session, kind="words", before={"format": ""}, after={"format": "A"})
    changed = Draft.objects.create(edition=edition, session=session, guid=session.guid, values={"format": "Panel"})
    made_new = Draft.objects.create(edition=edition, guid="new", values=new)
    return {
        "planned": f"s{session.pk}",
        "planned_new": f"d{made_new.pk}",
        "planned_draft": changed.pk,
        "planned_seen": f"s{session.pk}:{find(edition, f's{session.pk}').seen}",
        "planned_all": find(edition, f"s{session.pk}").all_seen,
        "planned_new_all": find(edition, f"d{made_new.pk}").all_seen,
        "planned_day": session.local_date.isoformat(),
        "part_kind": "stage",
        "city": session.stage.host_city_id,
        "planned_speaker": edition.speakers.get_or_create(guid="pictured", name="Pictured")[0].pk,
    }
