from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class LearningConfig(AppConfig):
    name = "tanxin.apps.learning"
    sealed_columns = (Personal("learning.Case", "text_sealed", "case"),)
