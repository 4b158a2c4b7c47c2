"""Once every case has its street the column says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_street_of_the_unplaced")]

    operations = [
        migrations.AlterField(model_name="case", name="street_id", field=models.BigIntegerField())
    ]
