from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tanxin.apps.accounts"
