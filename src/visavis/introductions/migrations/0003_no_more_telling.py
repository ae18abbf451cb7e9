from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("introductions", "0002_news")]
    operations = [migrations.DeleteModel(name="Telling")]
