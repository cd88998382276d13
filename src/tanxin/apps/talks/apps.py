from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class TalksConfig(AppConfig):
    name = "tanxin.apps.talks"
    sealed_columns = (Personal("talks.Talk", "place_sealed", "place"),)
