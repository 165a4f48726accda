"""A question over the diary in fewer words: fillers leave it, and what is said in many ways is said in one."""

import re

FAVOURITE = r"best|top|favou?rite|highest|worst|lowest"
FILMS = (
    r"films?|movies?|titles?|pictures|flicks|pics|features?|things?|something|anything|everything|stuff|ones?"
)
SERIES = r"tv shows?|shows?|tv series|series|sitcoms?"
SEEN = (
    r"(?:re-?)?watch(?:ed|ing|es)?|see|saw|seen|viewed|viewings?|catch|caught|finish(?:ed)?|logged|log|"
    r"stream(?:ed)?|go|went|gone|been|spen[dt]|diary"
)
RATED = r"(?:re-?)?rat(?:e|ed|ings?)|gave|give|given|scored?|review(?:s|ed)?|wr(?:ite|ote|itten)"
PLANNED = r"plan(?:s|ned)?|scheduled|calendar|lined up|coming up|upcoming|booked"

_NOUN = rf"(?:{FILMS}|{SERIES})"
_I = r"(?:i|we)"
_HAVE = rf"(?:(?:did|have|had) {_I}|{_I} have|{_I})"

# Words that add nothing wherever they stand.
_FILLERS = re.compile(
    r"\b(?:u+m+|u+h+|er+m?|hm+|lol|haha|mate|dude|bro|man|pls|plz|please|kindly|actually|basically|honestly|"
    r"exactly|"
    r"roughly|approximately|really|truly|personally|even|possibly|maybe|perhaps|by any chance|of course|"
    r"i mean|ever|already|yet|so far|to date|until now|up to now|till now|in total|in all|"
    r"all in all|all together|altogether|all told|according to (?:my|the) (?:diary|records?|calendar)|"
    r"at all|nowadays|these days|or not|or so|for (?:me|us)|back(?= (?:in|on|WHEN)\b)|(?:ok|okay|and|"
    r"so),? like(?=,? (?:when|"
    r"what|how|which|who)\b)|"
    r"like(?= WHEN)|kind of(?! (?:films?|movies?))|sort of(?! (?:films?|movies?)))\b",
)

# One spelling for each word; later lines see what the earlier ones wrote.
_SPELT = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[’‘]", "'"),
        (r"(?<=[A-Z])'s\b|(?<=WHEN) '?s\b", ""),
        (r"\b(what|who|when|where|which|how)'?s\b", r"\1 is"),
        (r"\b(what|who|when|where|which|how)'(?:re|ve)\b", r"\1 have"),
        (r"\b(i|we)'?ve\b", r"\1 have"),
        (r"\b(i|we)'d (?=seen|watched)", r"\1 have "),
        (r"\b(did|have|had|has|do|is|was|were|are|could|can)n'?t\b", r"\1 not"),
        (r"\b(?:no\.?|number|nr\.?) ?(?:1|one)\b|#1\b", "top"),
        (r"\bgimme\b", "give me"),
        (r"\bre-watch", "rewatch"),
        (r"\bhrs?\b", "hours"),
        (r"\bmins?\b", "minutes"),
        (r"\bavg\b", "average"),
        (r"\bfav(?:e|es|s|ou?rites?)?\b", "favourite"),
        (r"\blately\b|\bof late\b", "recently"),
        (r"\bdocu(?:s|mentaries)?\b", "documentary"),
        (r"\b(?:director|film-?maker|actor|actress|writer) (?=PERSON\b)", ""),
    )
)
# One form for each turn of phrase, in this order too.
_SAID = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        # How long ago, and on which day.
        (
            r"\bhow (?:long|many (?:days|weeks|months|years))(?: (?:is|was|has) it)?(?: been)? since\b",
            "how long since",
        ),
        (rf"\bhow long (?:has it been|is it)(?: that)? (?={_I}\b)", "how long since "),
        (
            r"\b(?:on )?(?:what|which) (?:date|day) (?:was it (?:that )?|is it (?:that )?)?(?=.*\bTITLE\b)",
            "when ",
        ),
        (
            r"(?<!since )\b(?:the|my|our) (?:very )?last time (?=(?:i|we|that)\b)",
            "when is the last time ",
        ),
        (r"\bwhen (?:is|was) (?:when is )+", "when is "),
        (r"\b(?:very|all time) (?=first|last|latest|best|worst|highest|lowest)", ""),
        (r"\b(?:start(?:ed)?|begin|began) (?:watching|on|with) (?=TITLE)", "first watch "),
        (r"^when was (?:that )?TITLE$", "when did i watch TITLE"),
        (r"^is TITLE in (?:my|the) (?:diary|log)$", "have i watched TITLE"),
        (rf"^({_NOUN}) (?=(?:re)?watched\b)", r"\1 i "),
        # How many and how much.
        (r"^\W*(?:(?:to )?(?:please )?count(?: up)?|give me a count of|a count of)\b", "how many"),
        (r"\b(?:the |a )?(?:tally|amount|quantity|count)(?: (?:of|for))?\b", "number of"),
        (r"^(?:what is )?(?:the |my )?(?:total )?number of times\b", "how many times"),
        (r"^how many (?:all )?my (.*)", r"how many \1 have i watched"),
        (
            rf"^(how (?:often|many times|(?:many|much) (?:\S+ ){{0,3}}?{_NOUN}))((?: (?:WHEN|SOURCE|"
            rf"COMPANY|vs|versus|or))+)$",
            r"\1 did i watch\2",
        ),
        (r"\b(?:break ?down|number of|^films|^movies) (?=(?:by|per) )", "viewings "),
        (
            r"\b(?:rating distribution|distribution of (?:my |the )?ratings?|"
            r"(?:how (?:are )?)?(?:my )?ratings? (?:are )?spread"
            r"(?: out)?)(?:,? how many of each)?",
            "my reviews per rating",
        ),
        (
            r"\btop (.*?),? by (?:the )?(?:number of )?(?:films|movies|viewings|views)\b",
            r"which \1 i watched most",
        ),
        (rf"\bwhose {_NOUN}\b", "which director"),
        (
            r"\b(?:(?:total|combined|overall|my) )*(?<!average )(?:running time|runtime|"
            r"(?:screen|viewing|watch|watching) time)(?: of)?\b|\btime spent\b",
            "hours watched",
        ),
        (r"\bhow much (?=hours\b)", ""),
        (r"\bhours of (?:my|our) (?:life|time|lives)\b", "hours"),
        (rf"^do {_I} .*\bmore .*(?:COMPANY|alone).*\bor\b.*", "who do i watch with most"),
        (rf"^do {_I} .*\bmore .*\bor (?:on )?(?:COMPANY|alone)$", "who do i watch with most"),
        (rf"^do {_I} .*\bmore (?=.*\bor\b).*(?:WHEN|\w+days?)\b.*", "which weekday do i watch most"),
        (rf"^do {_I} .*\bmore .*\bSOURCE\b.*\bor\b.*", "where do i watch most"),
        (r"\b(?:hated?|disliked?)\b", "rated lowest"),
        (
            r"\bmore (?:often )?than any(?: other| others)?(?: (?:film|movie|one))?\b|"
            r"\bturns? up (?:the )?most\b",
            "most",
        ),
        (r"\bPERSON (?:work|stuff|oeuvre|filmography)\b", "PERSON"),
        (rf"\bhow much(?= {_HAVE})(?!.*\b(?:spen[dt]|waste)\b)", "how many"),
        (r"\bhow much of my (?:life|year|month|week|time|evenings?)\b", "how much time"),
        (r"\b(?:scores?|marks?|points|stars|notes?)\b", "rating"),
        (r"\b(?:mark(?:ed)?|grade[ds]?)\b", "rated"),
        (r"\b(?:top|full|maximum) (?:rating|mark)s?\b", "rated RATING"),
        (r"\bhand(?:ed)? out\b", "given"),
        (r"\b(?:got|get|gets|received|earned|scored) (?=.*RATING.*\bfrom (?:me|us)\b)", "i rated "),
        (r"\bfrom (?:me|us)\b", "mine"),
        (r"\b(?:from |with the )?best (?:to worst|first|ones first)\b", "highest rated"),
        (r"\b(?:from |with the )?worst (?:to best|first|ones first)\b", "lowest rated"),
        # Watching.
        (r"\b(?:go|went|gone) (?:and|to) (?:see|watch)\b|\bha(?:d|ve) a (?:film|movie) night\b", "watch"),
        (rf"\b({_I}) (?:was|were|have been) (?=SOURCE)", r"\1 watched "),
        (
            r"\b(?:sat|sit|sitting) (?:through|in front of (?:the|a|my) (?:screen|tv|telly|television|box))",
            "watched",
        ),
        (r"\b(?:got|get|gotten|getting|gone|worked) through\b", "watched"),
        (
            r"\bhours (?=SOURCE|WHEN)|\bhours of (?=(?:\w+ )?(?:films? |movies? )?(?:WHEN|SOURCE)$)",
            "hours watched ",
        ),
        (
            r"\b(?:cinema|theat(?:er|re)|movie) (?:trip|visit|outing)s?\b|\btrips? to the (?:cinema|movies|"
            r"pictures)\b",
            "viewings SOURCE",
        ),
        (r"\b(?:diary )?entr(?:y|ies)(?: (?:in|of) (?:my|the) diary)?\b", "viewings"),
        (r"\b(?:are|is) (?:there )?in (?:my|the) (?:diary|log)\b", "i watched"),
        (
            r"\b(?:what is|show(?: me)?|open) (?:in )?(?:my|the) diary\b|^(?:my )?diary (?=(?:for |of )?WHEN)",
            "my viewings ",
        ),
        (r"\b(?:in|from|of|on) (?:my|the) diary\b", "i watched"),
        (r"\bbusiest\b", "most watched"),
        (rf"\b(?:was|were|am|are) {_I} last (?=SOURCE)", "did i last watch "),
        (r"\b(?:usually|normally|generally|typically|mostly|mainly)\b", "most"),
        (rf"\bdid ({_I}) do (?=WHEN)", r"did \1 watch "),
        (rf"^how far did ({_I}) get (?:with|into|through|in) TITLE\b.*", r"did \1 watch TITLE"),
        # Not to the end, and again.
        (
            r"\b(?:g(?:ave|iven|ive) up on|abandon(?:ed)?|bail(?:ed)?(?: out)?(?: on| of)?|quit|ditch(?:ed)?|"
            r"f(?:all|ell|allen) asleep (?:in front of|in|during|to|on|while watching)|dnf|half[ -]?watched|"
            r"walk(?:ed)? out (?:of|on)|(?:drop(?:ped)?|stop(?:ped)?|turn(?:ed)? off|"
            r"left|leave)"
            r"(?: \w+)? (?:half ?way|early|before the end|in the middle)(?: through)?)\b",
            "not finish",
        ),
        (
            r"\b(?:start(?:ed)?|began|begun) (?:(?:and|but|watching|then) )*(?=not|never|did not|have not)",
            "",
        ),
        (
            r"\b(?:never|not|did not|have not)(?: quite)? (?:ma[dk]e it|g[eo]t(?:ten)?|watch(?:ed)?|see|"
            r"seen|saw)(?: \w+)? "
            r"to the end(?: of)?\b",
            "not finish",
        ),
        (r"\bnever (?=finish)", "not "),
        (
            r"\b(?:more than (?:once|one time)|(?:at least )?twice|two times|several times|multiple times)\b",
            "rewatched",
        ),
        # Again is not only an echo where it follows the verb.
        (
            r"\b(watch|watched|see|seen|saw) (?:again|for (?:the|a) second time)\b(?! (?:i|we)\b)",
            r"\1 rewatched",
        ),
    )
)
_EVENTS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"^(when|where) (?:is|are (?:i|we) watching) TITLE(?: again)?$", r"\1 is TITLE planned"),
        (
            r"\b(?:what|which) (?:am|are) (?:i|we) (?:doing|up to|watching|seeing)\b(?=.*\bWHEN\b)",
            "what i have planned",
        ),
        (r"\b(?:am i|are we) (?:free|busy|doing (?:something|anything))\b", "what i have planned"),
        (
            r"\bwhat (?:have|do) (?:i|we) (?:have |got )?(?:got )?(?:on )?(?:for )?(?=WHEN)",
            "what i have planned ",
        ),
        (
            r"\b(?:what is|what have we|anything|something|is (?:there )?(?:something|anything)) "
            r"(?:(?:on|happening|going on|up) )?(?:for )?(?=(?:(?:before|after|until|till) )?WHEN\W*$)",
            "what i have planned ",
        ),
        (rf"\b{_NOUN} (?:going )?on (?=WHEN\W*$)", "planned "),
        (r"\b(?:on|in|down (?:for|in)) (?:my|our|the) (?:calendar|agenda|schedule|planner)\b", "planned"),
        (r"\b(?:my|our|the) (?:calendar|agenda|schedule|planner)\b", "plans"),
        (
            r"\b(?:dates?|appointments?|nights|plans?|things|something|anything) (?:do (?:i|we) have |"
            r"have (?:i|we) got |i have )?"
            r"(?:put |pencilled |got |noted )?(?:down|pencilled in|lined up|coming up|"
            r"booked(?: in)?)\b(?! WHEN\b.*\bwatch)",
            "planned",
        ),
        (r"\b(?:dates|appointments|agenda|pencilled in|arranged|on the cards|on the books)\b", "plans"),
        (r"\bmovie nights?\b|\bfilm nights?\b", "films planned"),
        (r"\bWHEN (?:schedule|agenda|calendar|dates|plans)\b", "plans WHEN"),
    )
)

_PAST = re.compile(
    r"\b(?:have|has|had) (?:i|we) (?:\w+ ){0,2}?(?:watch(?:ed)?|see|seen|rated?|give|given|log|logged)\b|"
    r"\bdid (?:i|we)\b|\b(?:i|we) (?:watched|saw|rated|gave|logged)\b"
)

# What opens a question and adds nothing to it.
_LEAD = re.compile(
    r"(?:(?:hey|hi|hello|yo|ok|okay|so|well|oh|ah|right|now|and|but|also|wait|sorry|cheers|thanks|just curious|"
    r"(?:just )?(?:a )?(?:quick|random|silly|weird|stupid)(?: (?:question|one))?|"
    r"by the way|btw|out of (?:curiosity|interest)|for the record|remind me|"
    r"(?:can|could|would|will|might|may) (?:you|i|we) (?:just )?(?:happen to )?(?:tell|show|give|list|"
    r"remind|read|say|"
    r"know|check|see|"
    r"look up|work out|find out|get|have)(?: me| us)?(?: out)?(?: (?:if|whether))?|"
    r"(?:can|could|would|will) you (?=count)|(?:tell|show|give|remind|read) (?:me|us)(?: out)?|list|show|"
    r"display|check|look up|find out|find|"
    r"pull up|bring up|"
    r"(?:let|lemme)(?: me| us)?(?: have| see| know)?|run me through|break ?down(?! by)|"
    r"do you (?:happen to )?(?:know|remember)|any idea|no idea|dunno|do not know|i (?:do not|cannot|can not|"
    r"can't) "
    r"(?:know|remember|recall)|i (?:forgot|forget)|i wonder(?: (?:if|whether))?|i (?:was|am|am just|"
    r"was just|have been) "
    r"(?:just )?(?:wondering|curious)(?: (?:about|if|whether))?|wondering|curious|"
    r"i(?: would|'d| should) (?:like|love|be (?:curious|interested))(?: (?:to (?:know|see|have|hear)|about))?|"
    r"i (?:want|need) to (?:know|see)|"
    r"just|all)\b[\s,:.…-]*)+"
)
_ORDERS = re.compile(
    r"\b(?:tell|show|give|remind|list|know|wonder\w*|check|look|find|let|lemme|display|pull|bring|break ?down|"
    r"see|get|idea|dunno|remember|forg\w+|curious|how many)\b"
)
# What ends it; "and which one was it" and "and when was that" are answered by the rows.
_TAIL = re.compile(
    r"(?:[\s,.…-]*\b(?:you know|kindly tell|with (?:the )?dates|if (?:i may|you please|you'd be so (?:good|"
    r"kind)|you would)|(?:for me )?would you|thanks|thank you|thx|ta|cheers|by the way|"
    r"btw|overall|before|again|now|then|in the end|"
    r"(?:can|could|would|will|do|did) you (?:happen to )?(?:know|tell|tell me|check|say|remember|remind me|"
    r"work that out)"
    r"(?: (?:me|please))?|i wonder|if you (?:know|can)(?: \w+){0,4}|just the number|a number will do|"
    r"(?:so )?(?:like,? )?(?:which|what|when|where)(?: (?:one|film|movie|day))?(?: exactly)? (?:was|is|were) "
    r"(?:it|that|they|those)|which ones?|"
    r"and,? (?:like,? )?(?:to )?(?:where|when|what|which|who|how)\b[^A-Z]*|"
    r"or (?:do|did|have|is|am|was) (?:i|we|it)?(?: not)?|"
    r"right|correct|isn't it|innit|or (?:something|anything|what|no|nothing|nothing yet)|"
    r"or is something on)\b)+[\s?.!…]*$|[\s?.!,…]+$"
)
_COURTESY = re.compile(
    r"\W*(?:(?:thanks|thank you|please|hi|hello|hey|good (?:morning|evening)|there|just the (?:number|title|"
    r"date)|cheers)"
    r"\W*)*"
)
_REMARK = re.compile(
    r"\W*(?:i|i'm|my|we|it|it's|that|that's|there|no|not|what a|such|oh|man|wow|god|gosh|ok|okay|"
    r"honestly)\b(?!.*\b(?:want|need|"
    r"like to|please|cancel|delete|add|put|schedule|log|logged|watch(?:ed)?|saw|see|seen|finished|rate[ds]?|"
    r"gave|move|"
    r"remove|undo|remind)\b)(?!.*[A-Z]{4})"
)
_DAY_PERSON = re.compile(
    r"\b(?:am i|are we) (?:more (?:of )?)?(?:an? )?(?:WHEN|[a-z]+day)(?: (?:or|than) (?:(?:an?|more|of) )*"
    r"(?:WHEN|[a-z]+day))?"
    r"(?: (?:person|people|watcher|viewer|type|kind of person))\b"
)
_TOPIC_FIRST = re.compile(
    r"^\W*(?P<topic>(?:(?:in|on|for|of|about) )?(?:WHEN|TITLE|PERSON|YEARS|SOURCE|COMPANY)"
    r"(?: (?:films|movies|work|stuff))?)\s*(?:\s[-–—]+\s|[:,;…]+\s|\.\.+\s)\s*(?P<rest>\S.*)"
)
_IT = re.compile(r"\b(?:it|that|this)(?: (?:one|film|movie|show))?\b")


def plainly(text: str) -> tuple[str, bool]:
    """The one question of a message in plain words, and whether it asks or orders something.

    Args:
        text: the message in lower case, with words in capitals for what was read in it: WHEN, TITLE, PERSON …

    Returns:
        The question without its courtesies and fillers; empty where there is none or there are several.
    """
    for pattern, instead in _SPELT:
        text = pattern.sub(instead, text)
    sentences = [_squeezed(s) for s in re.split(r"(?<=[.!?])\s+|\n+", text) if not _COURTESY.fullmatch(s)]
    if len(sentences) > 1:
        said = [s for s in sentences if "?" in s or not _REMARK.match(s)]
        days = [s for s in said if _DAY_PERSON.search(s)]
        sentences = [s for s in said if s not in days] or days
    if len(sentences) != 1:
        return "", False
    return _reduced(sentences[0])


def _reduced(said: str) -> tuple[str, bool]:
    said = _DAY_PERSON.sub("which weekday do i watch most", said)
    asks = "?" in said
    said = _squeezed(_FILLERS.sub(" ", said))
    if first := _TOPIC_FIRST.match(said):
        topic, rest = first["topic"], first["rest"]
        pointed = topic == "TITLE" and _IT.search(rest)
        said = _IT.sub("TITLE", rest, count=1) if pointed else f"{rest.rstrip(' ?.!')} {topic}"
    lead = _LEAD.match(said)
    said = said[lead.end() if lead else 0 :]
    asks = asks or bool(lead and _ORDERS.search(lead[0]))
    said = _TAIL.sub("", said)
    said = _squeezed(said.replace("-", " "))
    planned = () if _PAST.search(said) else _EVENTS
    for pattern, instead in (*_SAID, *planned):
        said = _squeezed(pattern.sub(instead, said))
    return _squeezed(_TAIL.sub("", said)), asks


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,")
