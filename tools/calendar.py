"""The calendar: plans to watch, releases, reviews to write and anything else with a date."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from store.database import Row, utc_now
from store.errors import Ambiguous, Invalid, NotFound
from store.store import Store
from store.titles import MediaRef, normalise
from tools.films import count_words, date_words, numbered
from tools.filters import Filter, where
from tools.reading import Moment, is_by_day
from tools.tool import Result, tool
from tools.when import When, names_day, read_span, read_when, shifted

EventType = Literal["watch", "release", "review", "custom"]
_LOOKS = {
    "watch": ("film", "#2F6FED"),
    "release": ("star", "#C9860A"),
    "review": ("pencil", "#2E8B57"),
    "custom": ("calendar", "#6B5B95"),
}
EVENTS = """
SELECT event.id, media_id, event_type, event_date, event_time, coalesce(event.title, media.title) AS title,
    year(media.release_date) AS year, description, location, icon, color, reminder_enabled, reminder_minutes,
    completed, event.created_at
FROM calendar_events event LEFT JOIN media ON media.id = media_id
"""
"""Every event with its title, its own or its film's."""
_IN_ORDER = f"SELECT * FROM ({EVENTS}) WHERE {{where}} ORDER BY event_date, event_time NULLS LAST, created_at"


class Event(BaseModel):
    """A row of calendar_events; ``title`` is the event's own or its film's."""

    id: UUID
    media_id: UUID | None
    event_type: EventType
    event_date: date
    event_time: time | None
    title: str
    year: int | None = None
    description: str | None = None
    location: str | None = None
    icon: str | None = None
    color: str | None = None
    reminder_enabled: bool = False
    reminder_minutes: int | None = None
    completed: bool = False

    @property
    def label(self) -> str:
        """The title with the film's year."""
        return f"{self.title} ({self.year})" if self.year else self.title


class EventResult(Result):
    """One event."""

    event: Event


class EventList(Result):
    """Events in order of time, the open ones first."""

    events: list[Event]


@tool("write")
def schedule(
    store: Store,
    *,
    when: When,
    title: str | None = None,
    event_type: EventType = "watch",
    name: Annotated[str | None, Field(max_length=200)] = None,
    location: Annotated[str | None, Field(max_length=200)] = None,
    description: str | None = None,
    reminder_minutes: Annotated[int | None, Field(ge=0, description="minutes before")] = None,
) -> EventResult:
    """Put a plan on the calendar: watching a title, its release, a review to write, or anything else.

    Args:
        store: the library.
        when: date and time: a date or words such as "Friday at 8pm".
        title: the film or show it is about; only a custom event may have none.
        event_type: watch, release, review or custom; without a title it is custom.
        name: what the event is called, if not by its title.
        location: Netflix, Theater, Home …
        description: a note.
        reminder_minutes: remind this many minutes before.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
        Invalid: no date can be read, it lies more than XILFTEN_EVENT_PAST_YEARS back, or neither title nor name
            is given.
    """
    name = name.strip() or None if name else None
    media = store.titles.resolve(title) if title else None
    if media is None and not name:
        raise Invalid("title", None, "given, or a name for a custom event")
    if media is None:
        event_type = "custom"
    moment = read_when(when, store.clock(), "when", "future")
    icon, color = _LOOKS[event_type]
    with store.db.write("schedule") as write:
        row = write.insert(
            "calendar_events",
            {
                "media_id": media.id if media else None,
                "event_type": event_type,
                "event_date": moment.date,
                "event_time": moment.time,
                "title": name,
                "description": description,
                "location": location,
                "icon": icon,
                "color": color,
                "reminder_enabled": reminder_minutes is not None,
                "reminder_minutes": reminder_minutes,
            },
        )
        event = _event(row, media)
        write.label = f"Scheduled {event_line(event, store.clock())}."
    remind = f" Reminder: {reminder_minutes} minutes before." if reminder_minutes is not None else ""
    return EventResult(summary=write.label + remind, event=event)


@tool("read")
def list_events(
    store: Store,
    *,
    since: When | None = None,
    until: When | None = None,
    event_type: EventType | None = None,
    title: str | None = None,
    completed: bool | None = None,
) -> EventList:
    """Show what is on the calendar, from today for a month unless told otherwise.

    Args:
        store: the library.
        since: from this day, or this day alone if neither until nor title is given; a range such as "this
            week" gives both ends.
        until: to this day.
        event_type: only this type.
        title: only of this title, or events of this name of their own; past ones too unless since is given.
        completed: only done (true) or only open (false).

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
        Invalid: no date can be read in since or until.
    """
    now = store.clock()
    named = _own_name(store, title) if title else None
    media = store.titles.resolve(title) if title and not named else None
    start, end = read_span(since, until, now, "future")
    if not title:
        end = end or start or now.date() + timedelta(days=31)
        start = start or min(now.date(), end)
    wishes = [
        Filter("start", start, "event_date >= $start"),
        Filter("end", end, "event_date <= $end"),
        Filter("type", event_type, "event_type = $type"),
        Filter("media", media.id if media else None, "media_id = $media"),
        Filter("named", named, "media_id IS NULL AND title = $named"),
        Filter("completed", completed, "completed = $completed"),
    ]
    condition, facts = where(wishes)
    events = [Event(**row) for row in store.db.read(_IN_ORDER.format(where=condition), facts)]
    events.sort(key=lambda event: event.completed)  # "what comes next?" is none that is done
    about = media.label if media else named
    span = f"{f' of {about}' if about else ''}{span_words(start, end, now.date())}"
    if not events:
        return EventList(summary=f"Nothing is {'done' if completed else 'planned'}{span}.", events=[])
    head = f"{count_words(len(events), 'event')}{span}:"
    return EventList(summary=f"{head}\n{numbered([event_line(event, now) for event in events])}", events=events)


@tool("write")
def move_event(store: Store, *, title: str, when: When) -> EventResult:
    """Move the open plan of a title, the next if it has several, to another date or time.

    Args:
        store: the library.
        title: the film's name, or the event's.
        when: the new date and time; a time alone keeps the date, a date alone keeps the time. "an hour later"
            and "two days earlier" count from the plan's own.

    Raises:
        NotFound: no open event is called that.
        Ambiguous: open events of several titles fit equally.
        Invalid: no date can be read, or it lies more than XILFTEN_EVENT_PAST_YEARS back.
    """
    event = _find_open(store, title)
    now = store.clock()
    counted = shifted(when, event.event_date, event.event_time, "when")
    if counted:
        changes: Row = {"event_date": counted[0], "event_time": counted[1]}
    else:
        # A time alone is read as on the event's day, so that "midnight" is the one that ends it.
        start = now if names_day(when, now) else datetime.combine(event.event_date, time())
        moment = read_when(when, start, "when", "future")
        changes = {"event_date": moment.date}
        if moment.time is not None:
            changes["event_time"] = _same_half(moment, event)
    with store.db.write("move_event") as write:
        row = write.update("calendar_events", event.id, changes)
        moved = event.model_copy(update={"event_date": row["event_date"], "event_time": row["event_time"]})
        write.label = f"Moved {event_line(moved, now)} (it was {_moment_words(event, now.date())})."
    return EventResult(summary=write.label, event=moved)


def _same_half(moment: Moment, event: Event) -> time | None:
    """A time without am or pm is in the morning where the plan was, or such plans are: "10.15" of a dentist."""
    in_the_morning = event.event_time.hour < 12 if event.event_time else is_by_day(event.title)
    if moment.time and moment.guessed and moment.time.hour >= 19 and in_the_morning:
        return moment.time.replace(hour=moment.time.hour - 12)
    return moment.time


@tool("write")
def complete_event(store: Store, *, title: str) -> EventResult:
    """Mark the open plan of a title, the next if it has several, as done.

    Args:
        store: the library.
        title: the film's name, or the event's.

    Raises:
        NotFound: no open event is called that.
        Ambiguous: open events of several titles fit equally.
    """
    event = _find_open(store, title)
    with store.db.write("complete_event") as write:
        write.update("calendar_events", event.id, {"completed": True, "completed_at": utc_now()})
        done = event.model_copy(update={"completed": True})
        write.label = f"Marked {event_line(event, store.clock())} as done."
    return EventResult(summary=write.label, event=done)


@tool("write")
def cancel_event(store: Store, *, title: str) -> EventResult:
    """Take the open plan of a title, the next if it has several, off the calendar.

    Args:
        store: the library.
        title: the film's name, or the event's.

    Raises:
        NotFound: no open event is called that.
        Ambiguous: open events of several titles fit equally.
    """
    event = _find_open(store, title)
    with store.db.write("cancel_event") as write:
        write.delete("calendar_events", event.id)
        write.label = f"Cancelled {event_line(event, store.clock())}."
    return EventResult(summary=write.label, event=event)


def open_event_names(store: Store) -> list[str]:
    """What the open events are called, the nearest first: a name, or a title with its year."""
    rows = store.db.read(_IN_ORDER.format(where="NOT completed"))
    return [Event(**row).label for row in rows]


def _own_name(store: Store, name: str) -> str | None:
    """The own name of an event of no title that is called so."""
    rows = store.db.read(_IN_ORDER.format(where="media_id IS NULL"))
    return next((row["title"] for row in rows if normalise(row["title"]) == normalise(name)), None)


def _find_open(store: Store, name: str) -> Event:
    events = [Event(**row) for row in store.db.read(_IN_ORDER.format(where="NOT completed"))]
    if not events:
        raise NotFound("Your calendar has no open plans.")
    wanted = normalise(name)
    found = [event for event in events if wanted in (normalise(event.title), normalise(event.label))]
    if not found:
        media = {m.media.id: m.score for m in store.titles.search(name, limit=5) if m.score >= 78}
        best = max((media.get(e.media_id, 0.0) for e in events if e.media_id), default=0.0)
        found = [e for e in events if e.media_id and best and media.get(e.media_id) == best]
    if not found:
        found = [event for event in events if wanted and wanted in normalise(event.title)]
    if not found:
        labels = [event.label for event in events[:3]]
        raise NotFound(f"There is no open plan for “{name}”. Open: {', '.join(labels)}.", labels)
    today = store.clock().date()
    coming = [event for event in found if event.event_date >= today] or found
    # Events of no title are told apart by their names.
    if len({event.media_id or normalise(event.title) for event in coming}) > 1:
        raise Ambiguous(
            f"Which one: {' or '.join(event_line(e, store.clock()) for e in coming)}?",
            [event.label for event in coming],
        )
    return coming[0]


def _event(row: Row, media: MediaRef | None) -> Event:
    values = {name: row[name] for name in Event.model_fields if name in row}
    values["title"] = row["title"] or (media.title if media else "")
    return Event(**values, year=media.year if media else None)


def event_line(event: Event, now: datetime) -> str:
    """An event as users read it."""
    kind = {"watch": "", "release": " (release)", "review": " (review to write)", "custom": ""}
    words = f"{event.label}{kind[event.event_type]}, {_moment_words(event, now.date())}"
    if event.location:
        words += f", {event.location}"
    return f"{words}, done" if event.completed else words


def _moment_words(event: Event, today: date) -> str:
    words = date_words(event.event_date, today)
    return f"{words} at {event.event_time:%H:%M}" if event.event_time else words


def span_words(start: date | None, end: date | None, today: date) -> str:
    """A time as users read it, beginning with a blank; empty for all time."""
    if start is None:
        return f" up to {_day_words(end, today)}" if end else ""
    if end is None:
        return f" from {_day_words(start, today)} on"
    if start == end:
        return f" {'' if abs((start - today).days) < 2 else 'on '}{date_words(start, today)}"
    year = "" if start.year == end.year else f" {start.year}"
    return f" from {start.day} {start:%B}{year} to {end.day} {end:%B %Y}"


def _day_words(day: date, today: date) -> str:
    return "today" if day == today else f"{day.day} {day:%B %Y}"
