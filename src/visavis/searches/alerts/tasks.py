"""Jobs: ids in, nothing out, safe to run twice."""

from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from visavis.searches.alerts import rounds


@task
def work_on_round(round_id: int) -> None:
    """Look through all searches that are due."""
    rounds.work_on(round_id)


def start(round_id: int) -> None:
    """Hand a round to a worker, unless it was handed to one that has not come to it yet."""
    waits = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=work_on_round.module_path)
    if not waits.filter(args_kwargs__args=[round_id]).exists():
        work_on_round.enqueue(round_id)
