"""When each job runs. Read by `manage.py schedule`, or by rq's own `manage.py rqcron workers/schedule.py`.

Hours are those of TIME_ZONE. None of the jobs needs its hour: each finds all that is left to do whenever it runs. A job
that no worker has taken by the time the next one comes leaves the queue (`ttl`), so that a worker that was away does
not meet a thousand of them.
"""

from rq.cron import register

from workers import jobs

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
KEPT = jobs.KEPT

# every minute: what was marked while Redis or the workers were away, or while a count was already running
register(jobs.settle_statistics, jobs.STATISTICS, interval=MINUTE, ttl=MINUTE, result_ttl=0, failure_ttl=KEPT)

# ten past every hour: the first sweep of a day is at 00:10, and a day begun without one is caught up with
register(jobs.sweep_deadlines, jobs.DEADLINES, cron="10 * * * *", ttl=HOUR, result_ttl=0, failure_ttl=KEPT)

# a quarter past every hour: what members wish to be reminded of, after the sweep has made dates certain
register(jobs.raise_due_reminders, jobs.DEADLINES, cron="15 * * * *", ttl=HOUR, result_ttl=0, failure_ttl=KEPT)

# every minute: messages whose quiet hours have ended, and those that failed and may be tried again
register(jobs.queue_reminders, jobs.DEFAULT, interval=MINUTE, ttl=MINUTE, result_ttl=0, failure_ttl=KEPT)

# from the first of the month on: only places whose book is not there yet
register(jobs.roll_up_last_month, jobs.REPORTS, cron="30 0 * * *", ttl=DAY, result_ttl=0, failure_ttl=KEPT)

# forty past every hour: a few at a time, so that answers with personal facts never lie about for long
register(jobs.forget_answered_requests, jobs.DEFAULT, cron="40 * * * *", ttl=HOUR, result_ttl=0, failure_ttl=KEPT)

# every night: nothing hangs on it but the size of two tables
register(jobs.forget_ended_log_ins, jobs.DEFAULT, cron="15 3 * * *", ttl=DAY, result_ttl=0, failure_ttl=KEPT)

# every night: sealed files of uploads that were rolled back, once nobody could be at them any more
register(jobs.sweep_stray_files, jobs.DEFAULT, cron="25 3 * * *", ttl=DAY, result_ttl=0, failure_ttl=KEPT)

# every minute: what users asked for while Redis was away, and what a worker that was killed left behind
register(jobs.queue_jobs, jobs.DEFAULT, interval=MINUTE, ttl=MINUTE, result_ttl=0, failure_ttl=KEPT)

# fifty past every hour: results of exports, and rejected rows, that nobody may fetch any more
register(jobs.expire_jobs, jobs.DEFAULT, cron="50 * * * *", ttl=HOUR, result_ttl=0, failure_ttl=KEPT)

# five past every hour: the first of a day anchors the record, the others find it anchored, or make good what failed
register(jobs.anchor_record, jobs.DEFAULT, cron="5 * * * *", ttl=HOUR, result_ttl=0, failure_ttl=KEPT)
