from django.apps import AppConfig

from tanxin.config import checks


class ConfigConfig(AppConfig):
    name = "tanxin.config"
    label = "tanxin_config"

    def ready(self) -> None:
        checks.register_all()
