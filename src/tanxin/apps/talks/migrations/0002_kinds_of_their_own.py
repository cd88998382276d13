"""Talks of kinds that packs bring beside the four."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_asked_once"),
        ("org", "0003_delegation_and_authority"),
        ("realms", "0002_second_factor"),
        ("talks", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="talk",
            name="talk_kind_is_known",
        ),
        migrations.AlterField(
            model_name="talk",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True), name="talk_has_a_kind"
            ),
        ),
    ]
