from django.urls import path

from awards.views import ceremony, chair, entering, jury, organising, public

app_name = "awards"
urlpatterns = [
    path("awards/", public.winners, name="winners"),
    path("awards/entries/<uuid:pk>/", public.entry, name="entry"),
    path("awards/entries/<uuid:pk>/edit/", entering.edit, name="edit"),
    path("awards/entries/<uuid:pk>/own/", entering.receipt, name="own"),
    path("awards/entries/<uuid:pk>/step/", entering.step, name="step"),
    path("awards/entries/<uuid:pk>/case/", entering.case, name="case"),
    path("awards/entries/<uuid:pk>/authors/", entering.authors, name="authors"),
    path("awards/entries/<uuid:pk>/check/", organising.check, name="check"),
    path("awards/entries/<uuid:pk>/decide/", organising.decide, name="decide"),
    path("editions/<slug:slug>/awards/", public.index, name="index"),
    path("editions/<slug:slug>/awards/mine/", entering.mine, name="mine"),
    path("editions/<slug:slug>/awards/begin/", entering.begin, name="begin"),
    path("editions/<slug:slug>/awards/call/", organising.call, name="call"),
    path("editions/<slug:slug>/awards/categories/", organising.category, name="new_category"),
    path("editions/<slug:slug>/awards/categories/<int:number>/", organising.category, name="category"),
    path("editions/<slug:slug>/awards/queue/", organising.queue, name="queue"),
    path("editions/<slug:slug>/awards/export.<str:form>", organising.export, name="export"),
    path("editions/<slug:slug>/awards/jury/", jury.members, name="jury"),
    path("editions/<slug:slug>/awards/jury/distribute/", jury.distribute, name="distribute"),
    path("editions/<slug:slug>/awards/desk/", jury.reviews, name="desk"),
    path("awards/reviews/<int:pk>/", jury.review, name="review"),
    path("awards/reviews/<int:pk>/recuse/", jury.recuse, name="recuse"),
    path("editions/<slug:slug>/awards/chair/", chair.chair, name="chair"),
    path("editions/<slug:slug>/awards/chair/decide/", chair.decide, name="chair_decide"),
    path("editions/<slug:slug>/awards/chair/scores/", chair.scores, name="scores"),
    path("sessions/<int:session_pk>/ceremony/", ceremony.ceremony_page, name="ceremony"),
    path("sessions/<int:session_pk>/ceremony/change/", ceremony.change, name="cue"),
]
