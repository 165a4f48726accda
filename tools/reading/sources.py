"""Where a film is watched: a service, a disc, a screen, a cinema, or a place of the user's own naming."""

import re
from collections.abc import Iterator

from tools.reading.calendar_words import HOLIDAYS, MONTH, WEEKDAY, WEEKDAY_SHORT
from tools.reading.numbers import NUMBER
from tools.reading.second_thoughts import taken_back
from tools.reading.spans import COMPLETE, MASK, Span, compiled, overlaps

_SERVICES = {
    "Netflix": r"netflix",
    "HBO Max": r"hbo\s*max",
    "HBO": r"hbo",
    "Disney+": r"disney\s*(?:\+|plus)|disney\b",
    "Prime Video": r"(?:amazon\s+)?prime(?:\s+video)?|amazon",
    "Apple TV+": r"apple\s*tv\s*(?:\+|plus)",
    "Apple TV": r"apple\s*tv|apple",
    "Paramount+": r"paramount\s*(?:\+|plus)|paramount\b",
    "Discovery+": r"discovery\s*(?:\+|plus)",
    "AMC+": r"amc\s*(?:\+|plus)",
    "Canal+": r"canal\s*(?:\+|plus)",
    "SkyShowtime": r"sky\s?showtime",
    "Showtime": r"showtime",
    "Now TV": r"(?:sky\s+)?now\s?tv|sky\s+now|(?-i:Now|NOW)",
    "Sky": r"sky(?:\s+(?:go|cinema|movies|q))?",
    "Hulu": r"hulu",
    "Peacock": r"peacock",
    "Mubi": r"mubi",
    "Criterion Channel": r"(?:the\s+)?criterion(?:\s+channel)?(?!\s+(?:blu|dvd|dis[ck]|edition|collection|4k))",
    "Kanopy": r"kanopy",
    "Hoopla": r"hoopla",
    "Tubi": r"tubi(?:\s+tv)?",
    "Pluto TV": r"pluto(?:\s+tv)?",
    "Vudu": r"vudu",
    "Shudder": r"shudder",
    "Crunchyroll": r"crunchyroll",
    "BritBox": r"brit\s?box",
    "BFI Player": r"(?:the\s+)?bfi\s+player",
    "BBC iPlayer": r"(?:the\s+)?(?:bbc\s+)?i\s?player",
    "ITVX": r"itv\s?x|itv\s+hub",
    "All 4": r"all\s?(?:4|four)|4\s?od",
    "Channel 4": r"channel\s?(?:4|four)",
    "Channel 5": r"channel\s?(?:5|five)|my\s?5",
    "Film4": r"film\s?(?:4|four)",
    "BBC": r"(?:the\s+)?beeb|(?:the\s+)?bbc(?:\s?(?:1|2|4|one|two|three|four))?",
    "ITV": r"itv\d?",
    "YouTube": r"you\s?tube",
    "Google Play": r"google\s+play",
    "iTunes": r"i\s?tunes",
    "Vimeo": r"vimeo",
    "Plex": r"plex",
    "TCM": r"tcm",
    "Arte": r"arte",
    "PBS": r"pbs",
    "Starz": r"starz",
    "Rakuten TV": r"rakuten(?:\s+tv)?",
}
_DISCS = {
    "4K Blu-ray": r"(?:4k|uhd|ultra\s+hd)\s+blu[\s-]?rays?",
    "4K disc": r"(?:4k|uhd|ultra\s+hd)\s+(?:uhd\s+)?dis[ck]s?",
    "Blu-ray": r"(?:criterion\s+)?blu[\s-]?rays?",
    "DVD": r"(?:criterion\s+)?dvds?",
    "VHS": r"vhs(?:\s+tapes?)?|video\s?(?:tape|cassette)",
    "LaserDisc": r"laser\s?dis[ck]s?",
    "4K": r"4k(?:\s+uhd)?|uhd",
}
_SCREENS = {
    "TV": r"tv|telly|television",
    "Plane": r"(?:aero|air)?plane|flight",
    "Train": r"train",
    "Laptop": r"laptop|macbook",
    "Tablet": r"tablet|ipad",
    "Phone": r"(?:mobile\s+)?phone|iphone",
    "Projector": r"projector",
    "Bus": r"bus|coach",
    "Boat": r"boat|ferry|cruise\s+ship",
    "Hard drive": r"(?:external\s+)?hard\s?(?:drive|dis[ck])|usb(?:\s+stick)?|nas",
    "IMAX": r"imax",
    "Theater": r"big\s+screen",
    "Home": r"(?<!asleep on the )(?:sofa|couch)",
}
_CINEMAS = {
    name: name.lower()
    for name in (
        *("Odeon", "Cineworld", "Vue", "Picturehouse", "Curzon", "Everyman", "Showcase", "AMC", "Regal", "BFI"),
        *("Cinemark", "Cineplex", "UGC", "CineStar", "Kinepolis", "Hoyts", "PVR", "Cinemaxx"),
    )
} | {
    "Alamo Drafthouse": r"alamo(?:\s+drafthouse)?",
    "Pathé": r"path[eé]",
}
_CINEMA = (
    r"(?:cinemas?|movies|(?:movie\s+)?theat(?:er|re)s?|pictures|multiplex|drive[\s-]in|picture\s?house|"
    r"film\s?house|kino|flicks)"
)
_LIKE = (
    r"(?:(?:local|old|little|open[\s-]air|outdoor|rooftop|imax|art[\s-]?house|village|new|usual|nearest|big|"
    r"independent|indie|movie)\s+)*"
)
# Places that are a film's as often as the user's: read only right behind what was watched.
_ABOUTS = {
    "Hotel": r"hotel(?:\s+room)?|motel|hostel|airbnb",
    "Home": r"(?:living|sitting|front|bed)\s?room|lounge|kitchen|room|bed|bath(?:tub)?",
    "Garden": r"garden|back\s?yard",
    "Pub": r"pub|bar",
    "Park": r"park",
    "Car": r"car|camper\s?van|caravan",
    "Hospital": r"hospital",
    "Airport": r"airport",
    "Office": r"office",
    "Classroom": r"class(?:room)?|lecture(?:\s+hall)?",
    "Dorm": r"dorm(?:\s+room)?|common\s+room",
    "Tent": r"tent",
}
_INSTITUTIONS = {"School": r"school", "University": r"uni(?:versity)?|college", "Work": r"work"}
# By themselves; the names end in a blank as a pattern has a group for each name.
_ROOMS = {"Theater ": r"cinema|theat(?:er|re)", "Home ": r"home|(?:my|our)\s+(?:place|house|flat|apartment)"}
_PLACES = {
    "Theater": r"(?:(?:at|in|to|back\s+from)|(?:it|that)\s+was(?:\s+actually)?)\s+"
    rf"(?:(?:the|a|my|our|some)\s+)?{_LIKE}{_CINEMA}",
    "Home": r"(?:at|from)\s+home|at\s+(?:my|our)\s+(?:place|house|flat|apartment)|from\s+the\s+(?:couch|sofa)|"
    r"in\s+bed|in\s+(?:my|our|the)\s+living\s+room",
}


def _any(kinds: dict[str, str]) -> str:
    """One pattern for all of a kind; the group that matched tells the name."""
    return "|".join(f"(?P<{_group(name)}>{words})" for name, words in kinds.items())


def _group(name: str) -> str:
    return "n" + name.encode().hex()


def _named(match: re.Match[str]) -> str:
    return next(
        bytes.fromhex(group[1:]).decode()
        for group, words in match.groupdict().items()
        if words and group[0] == "n"
    )


_END = (
    rf"(?=\s*(?:[,;.!?):/|\]–—-]|{MASK}|$)|"
    r"\s+(?:on|with|w|at|alone|last|again|not|instead|actually|sorry|please|i)\b)"
)
_MINE = (
    r"(?:(?:the|my|our|a|an|his|her|their|(?:(?:my|our)\s+)?(?!on\b)[\w-]+'s)\s+)?"
    r"(?:(?:old|new|big|home|hotel|dodgy|proper)\s+)*"
)
_MEANT = (
    r"(?:it|that|this|source|which)\s*(?:was|is|'s|should\s+be)|(?:should|must|ought\s+to|to)\s+(?:say|read|be)|"
    r"\bi\s+meant?|\bmake\s+(?:it|that)|\bnot|\bno|\bwait|\bsorry|\bactually|\brather|"
    r"\b(?:set|change|correct|fix|switch|update)\b[^.!?;]{0,60}\bto|\bsource\s*[:=]"
)
_IT = rf"(?:\b(?:it|this|that)|{MASK})"
# Nothing but days, company and the like between what was watched and its place.
_WATCHED_RIGHT_BEFORE = (
    rf"(?:\b(?:watch(?:ed|ing)?|saw|seen)(?:\s+(?:it|this|that))?|{MASK})(?:\s+(?:{MASK}+|it|again|alone|together|"
    rf"{NUMBER}\s*(?:am|pm)?|with\s+(?:(?:my|the|our)\s+)?\w+(?:\s+and\s+(?:(?:my|the|our)\s+)?\w+)?))*,?\s+"
)
_MAX = rf"(?P<{_group('Max')}>max)(?=\s*$|\s*[,.;!?)]|\s*{MASK}|\s+(?:last|and|with|again|this|on|not)\b)"
_KNOWN = [
    # "from" and "with" would take "a film from Disney", "with Prime": only words of playing.
    compiled(
        rf"\b(?P<said>(?:on|via|through|thru|in|using|used|over|off|by\s+(?:means|way)\s+of|courtesy\s+of)\s+{_MINE}"
        rf"(?:{_any(_SERVICES | _DISCS | _SCREENS)}|{_MAX}))(?![\w'])"
    ),
    # "streamed it from netflix", "watched the DVD of it", "netflix had it"
    compiled(
        rf"\b(?:watch(?:ed|ing)?|saw|seen|stream(?:ed|ing)?|rented|played|came)\s+(?:(?:it|this|that|{MASK}+)\s+)?"
        rf"(?P<said>from\s+{_MINE}(?:{_any(_SERVICES | _DISCS)}))(?![\w'+])"
    ),
    # "got out the Blu-ray of it"; who has or bought one need not have watched it.
    compiled(
        rf"\b(?:watched|saw|played|(?:got|took|dug|pulled)\s+out|dusted\s+off|(?:put|popped|stuck|slid)(?:\s+(?:in|on))?)\s+{_MINE}"
        rf"(?P<said>{_any(_DISCS)})(?=\s+(?:of|in|on|out)\b)"
    ),
    compiled(
        rf"(?:^|[,.;:!?]\s|\b(?:and|so|because|as)\s+)(?P<said>{_any(_SERVICES)})\s+(?:(?:also|still|just)\s+)*"
        rf"(?:had|has|have|got|showed|(?:was|were|is|are)\s+(?:showing|streaming))\s+(?={_IT})"
    ),
    # "No, it was Disney+", "it should say Netflix".
    compiled(
        rf"(?:{_MEANT})\s*[,;:]?\s+(?:actually\s+|really\s+|on\s+|at\s+)*(?:the\s+)?"
        rf"(?P<said>{_any(_SERVICES | _DISCS | _CINEMAS)})(?![\w'+])"
        rf"(?=\s*(?:[,;.!?)]|$)|\s+(?:not|instead|actually|sorry|please|i\s+mean|rather)\b)"
    ),
    # "Netflix, alone, 8/10": a service between commas, or a sentence by itself.
    compiled(
        rf"(?:^|[,;:(/|–—]|\s-|[.!?]\s)\s*(?:(?:and|so|no|oh)\s+)*"
        rf"(?P<said>{_any(_SERVICES | _DISCS | _SCREENS | _CINEMAS | _ROOMS)})"
        rf"(?![\w'+]){_END}"
    ),
    # "Akira netflix", "akira last night mubi"
    compiled(
        rf"(?<={MASK})\s+"
        rf"(?P<said>{_any(_SERVICES | _DISCS | _CINEMAS | _ROOMS | {'TV': _SCREENS['TV']})})(?![\w'+]){_END}"
    ),
    compiled(
        rf"(?:\b(?:at|in|from|to|@)|@)\s*(?:(?:the|my|our|a)\s+)?{_LIKE}"
        rf"(?P<said>(?:{_any(_CINEMAS | {'IMAX': 'imax'})})(?![\w'+])"
        r"(?-i:(?:\s+(?:of\s+|the\s+)?[A-Z][\w'&-]*){0,3}))"
    ),
    compiled(rf"\b(?P<said>{_any(_PLACES)})(?!\w)"),
    compiled(rf"\b(?P<said>(?P<{_group('Home')}>at\s+(?:mine|ours))){_END}"),
    compiled(
        rf"{_WATCHED_RIGHT_BEFORE}(?P<said>(?:in|at)\s+(?:(?:the|my|our|a|an|his|her|their)\s+)(?:\w+\s+)??"
        rf"(?:{_any(_ABOUTS)}))(?!\w){_END}"
    ),
    # "In the car to Spain we watched it"
    compiled(
        rf"(?:^|[,.;!?]\s*|{MASK}\s+)(?P<said>(?:in|at)\s+(?:(?:the|my|our)\s+)(?:\w+\s+)??(?:{_any(_ABOUTS)}))(?!\w)"
        r"(?=[^.!?;,]*\b(?:i|we)\s+(?:have\s+)?(?:re-?)?(?:watched|saw|seen)\b)"
    ),
    compiled(rf"{_WATCHED_RIGHT_BEFORE}(?P<said>(?:in|at)\s+(?:{_any(_INSTITUTIONS)}))(?!\w){_END}"),
]

_NO_SPAN_START = compiled(r"(?:at|in|from|to|@)\s*")
_OWN_NAME = r"(?:(?:my|our|the|a)\s+)?(?:[\w-]+\s+(?:(?:and|&)\s+)?)?[\w-]+(?:'s|s')"
# As speech is written down, without an apostrophe: "at leos place", "at my parents".
_KIN_PLACE = (
    r"(?:(?:my|our|the)\s+)?(?:(?:best\s+)?(?:friend|mate)|(?:grand)?(?:ma|pa|mum|mom|dad|parent|mother|father)|gran|nan(?:a|ny)?|"
    r"granny|grandad|brother|sister|sis|bro|aunt(?:ie|y)?|uncle|cousin|girlfriend|boyfriend|neighbou?r|in-law)s"
)
_HOUSE = r"\s+(?:new\s+)?(?:place|house|flat|apartment|home|pad|garden|garage|basement|room)"
_ELSEWHERE = (
    rf"(?=\s*$|\s*[,;.!?)/|]|\s*{MASK}|\s+(?:and|with|on|in|last|to|instead|yesterday|today|tonight|tomorrow|this|"
    r"next|for|at|again|from|it|we|i|w)\b)"
)
# Where films are shown to those who live there: "at the community hall", "in the school", "at the Filmhaus".
_HALL = (
    r"(?:hall|club(?:house)?|cent(?:re|er)|school|church|chapel|house|flat|barn|union|caf[eé]|museum|gallery|pavilion|"
    r"auditorium|theat(?:re|er)|canteen|square|castle|campus|room|attic|basement|cellar|shed|garage|film\s?haus|kino)"
)
_LOWER = (
    r"(?!(?:the|a|an|my|our|his|her|its|their|this|that|same|and|or|of|in|at|on|is|are|was|i|we)\b)\w[\w'&-]*"
)
_TWO_WORD_HALL = rf"(?:{_LOWER}\s+){{1,3}}?{_HALL}"
_CAPITALS = r"(?-i:[A-Z])[\w'&.-]*\w(?:\s+(?:(?:de|du|le|la|of)\s+)?(?-i:[A-Z])[\w'&-]*){0,3}"
_HALL_BY_NAME = rf"(?:{_TWO_WORD_HALL}|{_HALL}|{_CAPITALS})"
# "at Ben's place", "at my sister's", "at the Grand Rex": a place of the user's own naming.
_OWN_PLACES = (
    compiled(
        rf"(?:^|[,;/|(]\s*|\b(?:chez|round(?:\s+at)?|over\s+(?:at|to))\s+)(?P<place>(?!at\b|in\b){_OWN_NAME}{_HOUSE}){_ELSEWHERE}"
    ),
    compiled(
        rf"(?:\b(?:round\s+at|over\s+at|at|in|round)|@)\s+(?P<place>(?:(?:my|our|the)\s+)?(?!this\b)[\w-]+(?:'?s|s'){_HOUSE})(?!\w)"
    ),
    compiled(rf"(?:\b(?:round\s+at|over\s+at|at|round)|@)\s+(?P<place>{_KIN_PLACE}){_ELSEWHERE}"),
    compiled(
        rf"(?:\b(?:round\s+at|over\s+at|at|round)|@)\s+(?P<place>{_OWN_NAME}(?:{_HOUSE}|\s+(?:cinema|theat(?:er|re)))?){_ELSEWHERE}"
    ),
    re.compile(
        r"\b[Aa]t\s+(?:[Tt]he\s+)?(?P<place>(?!(?i:"
        rf"{'|'.join(HOLIDAYS)}|{MONTH}|{WEEKDAY}|{WEEKDAY_SHORT}|{NUMBER}|noon|midnight|midday|least|most|"
        rf"i)\b)"
        r"[A-Z][\w'&.-]*(?:\s+(?:(?:de|du|le|la|of)\s+)?[A-Z][\w'&-]*){0,3})"
    ),
    # "We're going to the Rio on Friday to see it"
    compiled(
        rf"\b(?:off|go|going|went|headed|come|coming)\s+(?:over\s+|down\s+)?to\s+(?:the|our)\s+(?P<place>{_HALL_BY_NAME})(?![\w'-])"
    ),
    # "at the rex", as speech is written down; "at the end" is no place.
    compiled(
        r"\bat\s+the\s+(?P<place>(?!(?:end|ending|moment|weekend|latest|earliest|time|same|start|beginning|interval|"
        r"intermission|least|most|top|bottom|minute|very|mark|point|halfway|usual|age|first|last|next|credits|climax|"
        rf"finale|oscars|{'|'.join(HOLIDAYS)}|{MONTH}|{WEEKDAY})\b)[a-z][a-z'-]+(?:\s+{_CINEMA})?){_ELSEWHERE}"
    ),
)
# Nothing but days, hours, company and the like between what is watched and the hall.
_BESIDE_HALL = (
    rf"(?:{MASK}|\b(?:it|this|that|watch(?:ed|ing)?|saw|seen|night|evening)\b)(?:[\s,]+(?:{MASK}+|on|for|in|down|up|again|"
    rf"alone|together|tonight|please|evening|the\s+(?:evening|afternoon|morning)|over|{NUMBER}\s*(?:am|pm|h)?|\d\d?[.:]\d\d\s*(?:am|pm)?|o'clock|"
    r"with\s+(?:(?:my|the|our)\s+)?\w+(?:\s+and\s+(?:(?:my|the|our)\s+)?\w+)?))*[\s,]+"
)
_HALLS = (
    compiled(rf"{_BESIDE_HALL}(?P<said>(?:at|in)\s+(?:the|our|a)\s+(?P<place>{_HALL_BY_NAME}))(?![\w'-])"),
    # "The community hall is showing it", "thu 4 dec, 18:00, community hall: it"
    compiled(
        rf"(?:^|[,;:.!?]\s*|\b(?:and|so|because|as)\s+)(?P<said>(?:the|our)\s+(?P<place>{_HALL_BY_NAME}))\s+(?:(?:is|are|was|were|'s)"
        rf"\s+(?:showing|screening|playing|putting\s+on|running)|shows?|showed|screens?|screened|plays|has|have|had)\s+(?={_IT})"
    ),
    compiled(
        rf"(?:^|[,;:(/|]\s*|{MASK}\s+)(?:the\s+)?(?P<said>(?P<place>{_TWO_WORD_HALL}(?<!club)(?<!school)|film\s?haus))(?=\s*(?:[,;:)/|]|$|{MASK})|\s+with\b)"
    ),
    # "No, in the town hall"
    compiled(
        rf"^\W*(?:(?:no|oh|sorry|actually|wait|it's|it\s+is|it\s+was|that's|that\s+is|place|location|where)\W+)*(?:(?:at|in)\s+(?:the\s+)?)"
        rf"(?P<said>(?P<place>{_TWO_WORD_HALL}))(?=\W*(?:$|not\b|actually|instead|this\s+time))"
    ),
)
# "in room 12", "in screen 3": where exactly, wherever that is
_NUMBERED_ROOM = compiled(
    r"\bin\s+(?:the\s+)?(?P<place>(?:(?:class|lecture|seminar|meeting|screening|common)\s*)?"
    r"(?:room|hall|screen|studio|auditorium)\s+(?:no\.?\s*|number\s+)?\d{1,3}[a-z]?)(?![\w'])"
)
_NO_SERVICE = (
    r"(?:the|a|an|my|our|his|her|its|their|it|this|that|these|those|me|him|them|us|you|and|but|so|to|in|by|top|time|"
    r"repeat|loop|shuffle|mute|demand|purpose|holidays?|vacation|break|board|impulse|recommendation|average|offer|"
    r"paper|record|reflection|balance|principle|hold|sale|schedule|behalf|account|edge|fire|drugs|acid|\w*day|"
    rf"nights?|mornings?|evenings?|weekends?|xmas|easter|nye|{'|'.join(HOLIDAYS)}|{MONTH}|{WEEKDAY_SHORT}|{NUMBER})"
)
_SEEN = r"\b(?:(?:re-?)?watch(?:ed|ing)?|saw|seen|streamed|caught|binged|finished)\b[^.!?;]{0,60}"
_UNKNOWN_SERVICES = (
    # "It was on TCM", not "it was on Tuesday"
    compiled(
        rf"{_IT}\s*(?:was|were|'s\s+been)\s+(?:(?:actually|only|just|back|showing)\s+)*(?P<said>on\s+(?P<place>(?!{_NO_SERVICE}\b)"
        rf"(?-i:[A-Z][A-Za-z]+)(?:\s+(?:(?-i:[A-Z])\w*|\+|tv\b|plus\b)){{0,2}}))(?=\s*(?:[,;.!?)]|$|{MASK})|\s+(?:last|and|so|by|with|not)\b)"
    ),
    compiled(
        rf"{_SEEN}(?<!up )(?<!based )(?<!out )\b(?P<said>on\s+(?P<place>(?!{_NO_SERVICE}\b)"
        r"(?-i:[A-Z])[\w+-]*(?:\s+(?:(?-i:[A-Z])[\w+-]*|\+|tv\b|plus\b)){0,2}))"
    ),
    compiled(
        rf"{_SEEN}(?<!up )(?<!based )(?<!out )\b(?P<said>on\s+(?P<place>(?!{_NO_SERVICE}\b)"
        rf"[a-z][\w+-]+(?:\s+(?:tv|plus)\b)?)){COMPLETE}"
    ),
)
_BORROWED = (
    (
        "Library",
        compiled(
            r"\b(?:borrowed|copy|dis[ck]|took|checked|watched|saw|got)\s+(?:out\s+)?(?:it|this|that|of\s+it|"
            rf"{MASK}+|of\s+{MASK}+)?\s*(?:out\s+)?(?P<said>(?:on\s+loan\s+)?from\s+(?:the|my|our)\s+"
            r"(?:(?:local|public|city|town|university)\s+)?library)\b"
        ),
    ),
    (
        "Library",
        compiled(r"\b(?P<said>from\s+(?:the|my|our)\s+(?:local|public|city|town|university)\s+library)\b"),
    ),
    (
        "Rental",
        compiled(rf"\b(?P<said>rented|hired)(?=\s+(?:it|this|that|{MASK}))|\b(?P<as>(?:as\s+)?a\s+rental)\b"),
    ),
)
# "What have I watched from the library?" and "remove it from the library" speak of the user's own.
_OWN_LIBRARY = compiled(
    r"\b(?:delete|remove|erase|drop|clear|what|which|show|list|find|pick|choose)\b[^.!?;]*\Z"
)
# "The fight on the train", "a thriller on a boat"
_VEHICLES = {"Plane", "Train", "Bus", "Boat"}
_SCENE = compiled(
    r"\b(?:scenes?|bits?|parts?|fights?|chases?|moments?|thrillers?|something|anything|mystery|murders?|whodunn?its?|story|"
    r"dramas?|heists?|passengers?|people|strangers?|man|woman)\s+\Z"
)
# "Disney+, not Netflix"
_DENIED = compiled(r"(?:\b(?:not|wasn't|isn't|instead\s+of|rather\s+than)\s+(?:on\s+|at\s+|in\s+)?)\Z")
# "A thriller set on a train", "the one where they talk on the phone" tell a plot.
_PLOT = compiled(
    r"\b(?:about|where|in\s+which|who|whose|set\s+(?:on|in|at|aboard)|happens|takes\s+place|story|stuck|trapped|lives?|living)\b"
    r"(?:(?!\b(?:watch\w*|saw|seen|see(?:ing)?|caught|finished|streamed|i|we)\b)[^.!?;])*\Z"
)


def find_source(prepared: str, watched: bool) -> tuple[str | None, Span | None, list[Span]]:
    """Find where something is watched.

    Args:
        prepared: the text after `spans.prepare`, with titles and days masked.
        watched: whether the text speaks of watching, so that an unknown name may be a place.

    Returns:
        The source in the schema's words ("Netflix", "Theater") or the user's own ("Ben's place"), the span of
        its words, and the spans of other sources that are denied, taken back or said besides.
    """
    found = sorted(_candidates(prepared, watched), key=lambda candidate: candidate[1])
    spans = [span for _, span, _ in found]
    back = taken_back(prepared, spans)
    meant = [
        candidate
        for index, candidate in enumerate(found)
        if index not in back and not _DENIED.search(prepared, 0, candidate[1][0])
    ]
    if not meant:
        return None, None, spans
    source, span, _ = min(meant, key=lambda candidate: candidate[2])
    return source, span, [other for other in spans if other != span]


def _spelt(place: str) -> str:
    """A place by name with a capital; one of somebody's as the user writes it."""
    somebody_s = "'" in place or compiled(rf"{_KIN_PLACE}|.+s{_HOUSE}").fullmatch(place)
    return place if somebody_s else place[:1].upper() + place[1:]


def _candidates(prepared: str, watched: bool) -> Iterator[tuple[str, Span, int]]:
    """Each source with its span and its rank: a service says more than the sofa it was seen from."""
    claimed: list[Span] = []
    for rule in _KNOWN:
        for match in rule.finditer(prepared):
            span = match.span("said")
            if overlaps(*span, claimed) or _PLOT.search(prepared, 0, span[0]):
                continue
            name = _named(match).strip()
            if name in _VEHICLES and _SCENE.search(prepared, 0, span[0]):
                continue
            cinema = name in _CINEMAS
            if cinema and len(match["said"].split()) > len(name.split()):
                name = match["said"]
            start = match.start() if cinema and _NO_SPAN_START.match(match[0]) else span[0]
            claimed.append((start, span[1]))
            rank = 3 if name in ("Theater", "Home") else 2 if name in _SCREENS else 1
            yield name, (start, span[1]), rank
    if watched:
        for rule in _OWN_PLACES:
            for match in rule.finditer(prepared):
                span = (match.start() if match[0][:1].isalpha() else match.start("place"), match.end())
                if not overlaps(*span, claimed) and not _PLOT.search(prepared, 0, span[0]):
                    claimed.append(span)
                    yield _spelt(match["place"].rstrip(".")), span, 1
    for rule in _HALLS:
        for match in rule.finditer(prepared):
            span = match.span("said")
            if not overlaps(*span, claimed) and not _PLOT.search(prepared, 0, span[0]):
                claimed.append(span)
                yield match["place"], span, 1
    for match in _NUMBERED_ROOM.finditer(prepared):
        if not overlaps(*match.span(), claimed):
            claimed.append(match.span())
            yield match["place"], match.span(), 4
    for rule in _UNKNOWN_SERVICES:
        for match in rule.finditer(prepared):
            if not overlaps(*match.span("said"), claimed):
                claimed.append(match.span("said"))
                yield match["place"][:1].upper() + match["place"][1:], match.span("said"), 1
    for name, rule in _BORROWED:
        for match in rule.finditer(prepared):
            group = "said" if match["said"] else "as"
            if not _OWN_LIBRARY.search(prepared, 0, match.start()):
                yield name, match.span(group), 4
