"""Knows nothing of cases or law: the environment, months, queues."""
