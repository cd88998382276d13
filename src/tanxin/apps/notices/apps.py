from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class NoticesConfig(AppConfig):
    name = "tanxin.apps.notices"
    sealed_columns = (Personal("notices.Choice", "address_sealed", "channel"),)
