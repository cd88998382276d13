from django.urls import path

from tanxin.web.rules import views
from tanxin.web.rules.drafting import beginning, deciding, editing, page, sources, stepping, trying

urlpatterns = [
    path("", views.packs, name="packs"),
    path("packs/<uuid:pack_id>/", views.pack, name="pack"),
    path("drafts/", beginning.drafts, name="drafts"),
    path("drafts/new/", beginning.new, name="draft_new"),
    path("drafts/<uuid:draft_id>/", page.draft, name="draft"),
    path("drafts/<uuid:draft_id>/step/", stepping.step, name="draft_step"),
    path("drafts/<uuid:draft_id>/back/<int:number>/<int:base>/", stepping.back, name="draft_back"),
    path("drafts/<uuid:draft_id>/drop/", stepping.drop, name="draft_drop"),
    path("drafts/<uuid:draft_id>/part/", editing.part, name="draft_part"),
    path("drafts/<uuid:draft_id>/check/", editing.check, name="draft_check"),
    path("drafts/<uuid:draft_id>/source/", sources.source, name="draft_source"),
    path("drafts/<uuid:draft_id>/take/", sources.take, name="draft_take"),
    path("drafts/<uuid:draft_id>/try/", trying.start, name="draft_try"),
    path("drafts/<uuid:draft_id>/try/duties/", trying.duties, name="draft_try_duties"),
    path("drafts/<uuid:draft_id>/try/sides/", trying.sides, name="draft_try_sides"),
    path("drafts/<uuid:draft_id>/propose/", deciding.propose, name="draft_propose"),
    path("drafts/<uuid:draft_id>/approve/", deciding.approve, name="draft_approve"),
    path("drafts/<uuid:draft_id>/return/", deciding.send_back, name="draft_return"),
    path("drafts/<uuid:draft_id>/withdraw/", deciding.withdraw, name="draft_withdraw"),
    path("<uuid:rule_id>/", views.rule, name="rule"),
]
