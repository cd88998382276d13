from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tanxin.apps.audit"
    label = "audit"
