from django.urls import path

from tanxin.web.access import (
    arranging,
    handing,
    overview,
    people,
    reading,
    recusing,
    roles,
    secretaries,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("people/", people.people, name="people"),
    path("roles/", roles.roles, name="roles"),
    path("roles/take/", roles.take, name="take"),
    path("requests/<uuid:request_id>/", reading.page, name="request"),
    path("requests/<uuid:request_id>/decide/", reading.decide, name="decide"),
    path("requests/<uuid:request_id>/review/", reading.review, name="review"),
    path("requests/<uuid:request_id>/end/", reading.give_up, name="give_up"),
    path("talks/<uuid:talk_id>/ask/", reading.ask, name="ask"),
    path("talks/<uuid:talk_id>/recuse/", recusing.of_talk, name="recuse_talk"),
    path("issues/<uuid:issue_id>/recuse/", recusing.of_issue, name="recuse_issue"),
    path("recuse/", recusing.of_person, name="recuse_person"),
    path("recusals/<uuid:recusal_id>/lift/", recusing.lift, name="lift"),
    path("secretaries/", secretaries.name, name="secretaries"),
    path("secretaries/<uuid:secretary_id>/end/", secretaries.end, name="end_secretary"),
    path("arrange/<uuid:leader_id>/", arranging.leader, name="arrange"),
    path("arrange/<uuid:leader_id>/propose/", arranging.propose, name="propose"),
    path("arrange/talk/<uuid:talk_id>/", arranging.talk, name="arranged"),
    path("handover/", handing.begin, name="handovers"),
    path("handover/<uuid:handover_id>/", handing.page, name="handover"),
    path("handover/<uuid:handover_id>/sign/", handing.sign, name="sign"),
]
