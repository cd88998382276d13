"""An event of a person may name the unit he comes to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0003_delegation_and_authority"),
        ("realms", "0002_second_factor"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="event",
            name="event_is_about_one_thing",
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person", None), ("team", None), ("unit__isnull", False)),
                    models.Q(("person", None), ("team__isnull", False), ("unit", None)),
                    models.Q(("person__isnull", False), ("team", None)),
                    _connector="OR",
                ),
                name="event_is_about_one_thing",
            ),
        ),
    ]
