from django.urls import path

from tanxin.web.learning import cases, clauses, course, reading, start, undertaking

urlpatterns = [
    path("", start.page, name="start"),
    path("rights/", reading.rights, name="rights"),
    path("read/", reading.read, name="read"),
    path("rates/", reading.rates_page, name="rates"),
    path("clauses/", clauses.index, name="clauses"),
    path("clauses/<str:pack_name>/<str:cite_name>/", clauses.page, name="clause"),
    path("cases/", cases.index, name="cases"),
    path("cases/new/", cases.new, name="case_new"),
    path("cases/<uuid:case_id>/", cases.page, name="case"),
    path("cases/<uuid:case_id>/publish/", cases.publish, name="case_publish"),
    path("cases/<uuid:case_id>/withdraw/", cases.withdraw, name="case_withdraw"),
    path("course/", course.page, name="course"),
    path("undertaking/", undertaking.page, name="undertaking"),
    path("undertaking/give/", undertaking.give, name="undertaking_give"),
    path("undertaking/put/", undertaking.put, name="undertaking_put"),
]
