from django.urls import path

from tanxin.web.sheets import files, leading, typing, witnessing

urlpatterns = [
    path("<uuid:talk_id>/", leading.assistant, name="assistant"),
    path("<uuid:talk_id>/type/", typing.enter, name="type"),
    path("<uuid:talk_id>/draft/", typing.draft, name="draft"),
    path("<uuid:talk_id>/blank.<str:file>", typing.blank_sheet, name="blank"),
    path("<uuid:talk_id>/check/", leading.check, name="check"),
    path("<uuid:talk_id>/return/", leading.send_back, name="return"),
    path("<uuid:talk_id>/witness/", witnessing.witness, name="witness"),
    path("<uuid:talk_id>/word/", witnessing.word, name="word"),
    path("<uuid:talk_id>/files/<uuid:file_id>/", files.scan, name="file"),
]
