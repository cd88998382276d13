from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class DutiesConfig(AppConfig):
    name = "tanxin.apps.duties"
    sealed_columns = (Personal("duties.Waiver", "reason_sealed", "waiver-reason"),)
