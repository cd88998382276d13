from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class AppraisalConfig(AppConfig):
    name = "tanxin.apps.appraisal"
    sealed_columns = (
        Personal("appraisal.SchemeVersion", "reason_sealed", "scheme-reason"),
        Personal("appraisal.Statement", "text_sealed", "statement"),
        Personal("appraisal.Appeal", "reason_sealed", "appeal-reason"),
        Personal("appraisal.Appeal", "answer_sealed", "appeal-answer"),
        Personal("appraisal.Opinion", "said_sealed", "opinion"),
        Personal("appraisal.Taken", "reason_sealed", "result-taken"),
    )
