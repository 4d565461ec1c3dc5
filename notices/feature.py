"""What notices take part in."""

from common.contract import Assets, Feature, Job, Limit, Matrix, Personal
from notices import changes, demo, events, history, navigation, privacy, reminders, sending

feature = Feature(
    name="notices",
    urls="notices.urls",
    limits={"notices.settings": Limit(60, 60)},
    events={"notices.told": events.told},
    own={"edition": history.own},
    jobs={
        "notices.tell": Job(changes.tell),
        "notices.remind": Job(reminders.remind, every=reminders.EVERY),
        "notices.send": Job(sending.send, outside=True),
        "notices.forget": Job(changes.forget_told, every=24 * 3600),
    },
    changed=changes.changed,
    wish_mail=sending.wish_mail,
    links=navigation.LINKS,
    personal=Personal(privacy.export, privacy.forget),
    demo=demo.fill,
    assets={
        "*": Assets(["notices/bell.css"], ["notices/bell.js"]),
        "notices:notices": Assets(["notices/notices.css"], ["notices/device.js"]),
    },
    matrix=Matrix(open_views=["notices:notices", "notices:wishes", "notices:device"]),  # tests/notices/test_notices.py
)
