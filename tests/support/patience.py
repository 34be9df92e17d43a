"""Hypothesis without deadlines: how long an example takes says something about the machine's other work, not about the code."""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
