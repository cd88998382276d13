from django.apps import AppConfig

from tanxin.apps.sealing.columns import Secrets


class AccountsConfig(AppConfig):
    name = "tanxin.apps.accounts"
    secrets = (Secrets("mfa.Authenticator", "data", ("secret", "seed"), "second-factor"),)
