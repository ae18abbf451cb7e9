"""Jobs: ids in, nothing out, safe to run twice."""

from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from visavis.matches.ideal import making as ideal
from visavis.matches.making import runs
from visavis.matches.models import Run

# What one person or one vacancy changed does not wait until everybody's lists are made.
CHANGES = "changes"


@task
def work_on_run(run_id: int) -> None:
    """Make the lists of one run."""
    runs.work_on(run_id)


def start(run_id: int) -> None:
    """Hand a run to a worker, unless it was handed to one that has not come to it yet."""
    waits = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=work_on_run.module_path)
    if waits.filter(args_kwargs__args=[run_id]).exists():
        return
    is_of_everybody = Run.objects.filter(pk=run_id, scope=Run.Scope.EVERYBODY).exists()
    (work_on_run if is_of_everybody else work_on_run.using(queue_name=CHANGES)).enqueue(run_id)


@task
def make_ideal_profile(occupation_id: str) -> None:
    """Make the next version of an occupation's ideal profile, if it is due."""
    ideal.make(occupation_id)


def after_hire(hire_id: int) -> None:
    """Let a hire that was confirmed or taken back teach its occupation; the night's run does it too."""
    if occupation_id := ideal.occupation_of(hire_id):
        make_ideal_profile.enqueue(occupation_id)
