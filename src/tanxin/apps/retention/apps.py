from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class RetentionConfig(AppConfig):
    name = "tanxin.apps.retention"
    sealed_columns = (
        Personal("retention.Hold", "reason_sealed", "hold-reason"),
        Personal("retention.Hold", "lift_sealed", "hold-lift"),
        Personal("retention.Disposal", "reason_sealed", "disposal-reason"),
        Personal("retention.Disposal", "answer_sealed", "disposal-answer"),
    )
