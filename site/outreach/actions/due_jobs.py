"""Runs registered jobs that are due. The row of a job is its lock, so that several workers run it once."""

from datetime import datetime, timedelta

import structlog
from django.db.models import F, Q

from outreach.jobs import REGISTRY, Job
from outreach.models import JobRun

LEASE = timedelta(minutes=30)
AFTER_A_FAULT = timedelta(minutes=5)
BEAT = "outreach.worker"

log = structlog.get_logger("kring.outreach")


def run_due(now: datetime) -> int:
    """Runs every job that is due and that no other worker has; returns how many ended well."""
    jobs = list(REGISTRY.values())
    if not jobs:
        return 0
    known = {row.name: row for row in JobRun.objects.filter(name__in=[job.name for job in jobs])}
    missing = [JobRun(name=job.name, next_at=now) for job in jobs if job.name not in known]
    if missing:
        JobRun.objects.bulk_create(missing, ignore_conflicts=True)
    due = [job for job in jobs if job.name not in known or known[job.name].next_at <= now]
    return sum(_run(job, now) for job in due)


def _run(job: Job, now: datetime) -> bool:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    taken = JobRun.objects.filter(free, name=job.name, next_at__lte=now).update(lease_until=now + LEASE, started_at=now)
    if not taken:
        return False
    mine = JobRun.objects.filter(name=job.name, started_at=now)
    try:
        job.run(now)
    except Exception:  # one job's fault must not end the worker; it is logged by kind and place
        log.exception("job_failed", kind=job.name)
        mine.update(
            lease_until=None, next_at=now + min(job.every, AFTER_A_FAULT), failed_in_a_row=F("failed_in_a_row") + 1
        )
        return False
    mine.update(lease_until=None, next_at=now + job.every, finished_at=now, failed_in_a_row=0)
    return True


def beat(now: datetime) -> None:
    """Notes that a worker is alive."""
    JobRun.objects.update_or_create(name=BEAT, defaults={"next_at": now, "finished_at": now})
