"""Jobs: ids in, nothing out, safe to run twice."""

from django.tasks import task

from visavis.matches import services


@task
def work_on_run(run_id: int) -> None:
    """Make the lists of one run."""
    services.work_on(run_id)


def start(run_id: int) -> None:
    """Hand a run to a worker."""
    work_on_run.enqueue(run_id)
