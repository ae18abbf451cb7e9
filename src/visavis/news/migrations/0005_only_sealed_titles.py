from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0004_seal_titles")]

    operations = [
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('title__sealed', True)), name='titles_of_news_are_sealed'),
        ),
    ]
