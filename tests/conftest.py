"""What all tests share: the same random cases on every run, and no clock.

A machine of two cores may be busy, so no case has a deadline.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("crescent", deadline=None, derandomize=True)
settings.load_profile("crescent")
