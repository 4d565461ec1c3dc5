from django.urls import path

from streams import recording, views

app_name = "streams"
urlpatterns = [
    path("sessions/<int:session_pk>/stream/", views.sources, name="sources"),
    path("sessions/<int:session_pk>/stream/add/", views.add, name="add"),
    path("sessions/<int:session_pk>/stream/switch/", views.switch, name="switch"),
    path("sessions/<int:session_pk>/stream/recording/", recording.record, name="record"),
    path("sessions/<int:session_pk>/stream/recording/again/", recording.again, name="again"),
    path("sessions/<int:session_pk>/stream/recording/offset/", recording.move, name="move"),
    path("sessions/<int:session_pk>/streams/<int:pk>/list.m3u8", views.multivariant, name="list"),
    path("streams/<int:pk>/remove/", views.remove, name="remove"),
    path("streams/<int:pk>/check/", views.check, name="check"),
    path("streams/<int:pk>/renditions/", views.add_rendition, name="add_rendition"),
    path("streams/renditions/<int:pk>/remove/", views.remove_rendition, name="remove_rendition"),
    path("streams/demo/recording.m3u8", views.demo_recording, name="demo_recording"),
    path("streams/demo/<slug:name>.m3u8", views.demo_list, name="demo_list"),
    path("streams/demo/<slug:name>/<int:number>.m4s", views.demo_segment, name="demo_segment"),
]
