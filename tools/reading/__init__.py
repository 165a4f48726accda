"""What code reads in a user's words before any model: days, times, ratings, tags, lengths, years, viewings.

Pure functions from English text to typed findings. Each finding carries its exact words and their span; `skip`
keeps known titles from being read.
"""

from tools.reading.clock import is_by_day
from tools.reading.durations import Duration, read_durations
from tools.reading.moments import Moment, read_moments
from tools.reading.numbers import Number, read_numbers, word_number
from tools.reading.plan_notes import PlanNote, read_plan_note
from tools.reading.ratings import Rating, read_ratings
from tools.reading.reminders import Reminder, read_reminder
from tools.reading.shifts import Shift, read_shift
from tools.reading.tags import Tags, read_tags
from tools.reading.viewing import ViewingWords, read_viewing
from tools.reading.years import Years, read_years

__all__ = [
    "Duration",
    "Moment",
    "Number",
    "PlanNote",
    "Rating",
    "Reminder",
    "Shift",
    "Tags",
    "ViewingWords",
    "Years",
    "is_by_day",
    "read_durations",
    "read_moments",
    "read_numbers",
    "read_plan_note",
    "read_ratings",
    "read_reminder",
    "read_shift",
    "read_tags",
    "read_viewing",
    "read_years",
    "word_number",
]
