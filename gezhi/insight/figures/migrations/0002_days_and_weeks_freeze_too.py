"""Days and weeks freeze as months do: what a month was is its span and its first day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="frozen", name="one_frozen_figure"),
        migrations.RenameField(model_name="frozen", old_name="month", new_name="first"),
        migrations.AlterField(
            model_name="frozen",
            name="first",
            field=models.DateField(verbose_name="第一天"),
        ),
        migrations.AddField(
            model_name="frozen",
            name="span",
            field=models.CharField(
                default="month",
                help_text="day, week or month",
                max_length=8,
                verbose_name="长短",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="frozen",
            constraint=models.UniqueConstraint(
                fields=("district_id", "span", "first", "by", "street_id", "key", "indicator"),
                name="one_frozen_figure",
            ),
        ),
    ]
