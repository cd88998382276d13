import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def lead_as_the_talk(apps: StateApps, _: object) -> None:
    issue, talk = apps.get_model("issues", "Issue"), apps.get_model("talks", "Talk")
    leader = talk.objects.filter(pk=OuterRef("talk")).values("initiator")[:1]
    issue.objects.update(led_by=Subquery(leader), led_since=F("raised_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0001_initial"),
        ("org", "0002_trust"),
        ("talks", "0002_led_since"),
    ]

    operations = [
        migrations.AddField(
            "issue",
            "led_by",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issues_led",
                to="org.person",
            ),
        ),
        migrations.AddField("issue", "led_since", models.DateTimeField(null=True)),
        migrations.AddField(
            "measurerole", "since", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.RunPython(lead_as_the_talk, migrations.RunPython.noop),
        migrations.AlterField(
            "issue",
            "led_by",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issues_led",
                to="org.person",
            ),
        ),
        migrations.AlterField("issue", "led_since", models.DateTimeField()),
        migrations.AddIndex(
            "issue",
            models.Index(fields=["realm", "led_by", "raised_at", "id"], name="issue_by_leader"),
        ),
    ]
