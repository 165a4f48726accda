"""What the words only ask, deny, imagine, recall or tell of others: none of it is to be carried out."""

import re

from agent.others import Span, of_others, quotations

_SENTENCE = re.compile(r"(?<=[.!?])[\"”'’]?\s+|\n+")
_CLAUSE = re.compile(r"[,;:]\s+|\s+\(|\s+[–—-]\s+|\s+\b(?:but|then|so|because)\b\s+")
# "a ten if it weren't so long, so 9" ends in what is meant.
_THOUGHT = re.compile(
    r";\s+|\s+\(|\s+\bbut\b\s+|,?\s+\bso\s+(?=(?:(?:it['’]?s|i['’]?d say|i['’]?ll say|i say|let['’]?s say|a|an|"
    r"only|just)\s+){0,3}(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b))",
    re.IGNORECASE,
)
_LEAD = (
    r"\W*(?:(?:and|so|but|also|hey|hi|hello|ok|okay|um|uh|well|wait|anyway|anyhow|now|right|oh|please|actually|"
    r"by the way|btw|quick question|just curious|remind me|tell me|on a scale (?:of|from) \w+ to \w+)\b\W*)*"
)
_N_T = r"(?:n['’]?t| not)"
# In lower case: "What We Do in the Shadows 8/10" asks nothing.
_DID = r"(?-i:did|do|does|have|has|had|was|were|is|are|am|should|would|could|can|will)"
# "Is it ok to move Akira?" and "Shall we say Friday?" ask for an act.
_ASKS_FOR_AN_ACT = (
    r"(?:shall (?:we|i) (?:say|put|do|make|move|call|go|log|add|schedule|cancel)\b"
    r"|(?:is|was|would) (?:it|there)\b.{0,12}\b(?:ok|okay|alright|all right|possible|fine|chance|way)\b"
    r"|(?:do|did) you (?:mind|think you (?:can|could))\b|would you mind\b|are you able\b)"
)
_ASKS = re.compile(
    # "Did my yearly Alien rewatch" tells.
    rf"{_LEAD}(?!did (?:my|our|the|an?) (?:\S+ ){{0,4}}?(?:re-?watch|viewing|marathon|double bill)\b[^?]*$)"
    rf"(?!{_ASKS_FOR_AN_ACT})"
    r"(?!(?:how|what) about\b|why (?:don['’]?t|not)\b|what (?:if|an?|would (?:you|we|i) get if)\b|"
    r"what (?:can|could|should|"
    r"do) i (?:say|know)\b"
    r"|how could (?:i|we|anyone) not\b|what['’]?s not to)"
    rf"(?:(?:when|what|which|who|whose|where|why|how)(?:['’](?:s|re|ve)\b|\s+(?:[^\s,]+\s+){{0,3}}?{_DID}\b)"
    r"|(?:who|what|which)(?:\s+(?:films?|movies?|shows?|one))?\s+"
    r"(?:gave|gives|rated|rates|saw|watched|happens|happened|counts|made|got|gets|directed|starred)\b"
    rf"|(?:did|do|does|have|has|should|shall|was|were|is|are|am|had)(?:{_N_T})?\s+"
    r"(?:i|we|you|it|there|my|they|people|any|any(?:thing|one|body))\b"
    r"|(?:is|was|does|has|are)(?:n['’]?t)?\s+(?:(?:the\s+)?X+\b|\w+ (?:really|actually|worth|any good)\b)"
    rf"|(?:did|does|has|was|were|is|are)(?:{_N_T})?\b[^?]*\?\s*$"
    r"|(?:would|should|could|will) (?!you\b|i\b|we\b)[^?]*\bbe\b[^?]*\?\s*$)"
    r"|\W*(?:(?:can|could|would|will) you |please |ok(?:ay)? |hey )*(?:remind|tell|show) (?:me|us) (?:again )?"
    r"(?:what|which|who|whose|when|where|why|how)\b"
    # "I gave it a 9, didn't I?"
    r"|[^?]*,\s*(?:(?:did|have|had|was|do|am|were)n['’]?t (?:i|we)|right|correct|innit|or (?:did|have) (?:i|"
    r"we))\s*\?\s*$",
    re.IGNORECASE,
)
_AND_DO = re.compile(
    r",?\s+(?:and|then|and then)\s+(?:(?:then|also)\s+)*(?P<politely>(?:please|can you|could you)\s+)?"
    r"(?:plan|schedule|put|book|cancel|move|remind|log|rate|add)\s+(?:X|(?:it|that|the|my|me)\b)",
    re.IGNORECASE,
)
_DEED = (
    r"(?:gave?|given?|(?:re-?)?rated?|scored?|(?:re-?)?watch(?:ed)?|saw|see|seen|log(?:ged)?|scheduled?|"
    r"deleted?|removed?|changed?|cancel(?:l?ed)?|moved?|put|planned|booked)"
)
_IMAGINES = re.compile(
    rf"\bif (?:i|we)(?:['’]d| had| were to| was to| should| could)?(?: (?:\w+ly|ever|just|had|only))? {_DEED}\b"
    r"|\bif (?:i|we)(?:['’]d| had)(?: \w+ly)? (?:got|gotten|been|managed|known|stayed|made|gone|bothered)\b"
    r"|\bif (?:it|that|this|there|the \w+|X+)(?: \w+)? (?:was|were|had)(?:n['’]?t)?\b.*(?:\bwould\b|['’]d\b)"
    # "If I had to rate it" rates it.
    rf"|^{_LEAD}if (?:i|we)(?: (?:\w+ly|just))?(?:['’]d have| had| would have)(?: \w+ly)? (?!to\b)"
    r"|\bif (?:i|we) (?:\w+ly )?had (?:the|more|enough|any|some|another|a bit|an? (?:free|spare))\b.{0,30}"
    r"\b(?:time|energy|hours?|evenings?|days?|nights?|patience|chance)\b"
    rf"|^{_LEAD}(?:with|given) (?:more|enough|unlimited|all the) (?:free |spare )?(?:time|energy|hours|money)\b"
    r"(?=.*(?:\bwould\b|['’]d\b))"
    r"|\bif it (?:(?:was|were|had)n['’]?t\b|had been\b)|\bif only (?:i|we)\b|^\W*say X+ (?:was|were|got)\b"
    r"|^\W*(?:just )?(?:suppos|imagin|pretend)\w*\b(?=[^.!?]*\b(?:gets?|got|give|gave|rated?|were|was|is)\b)"
    r"|\bif (?:i|we) (?:only )?could\b|\bif they (?:ever|had)\b"
    rf"|^{_LEAD}(?:let['’]?s (?:say|pretend|imagine|assume)|say|suppos(?:e|ing)|imagin(?:e|ing)|assum(?:e|"
    rf"ing)|pretend)"
    rf"(?: that)? (?:i|we)(?:['’]d| had)? {_DEED}\b"
    r"|\bif (?:i|we) (?:(?:do|end up|happen to) )?(?:like|love|enjoy|hate|dislike|liking|loving)\b"
    r"(?! to\b).*(?:\b(?:will|gonna|going to|might)\b|['’]ll\b)"
    rf"|^{_LEAD}(?:had (?:i|we) {_DEED}|were (?:i|we) to)\b|^{_LEAD}(?:hypothetically|theoretically|"
    rf"in theory)\b"
    r"|\b(?:i|we) wish\b(?! to\b)(?!.{0,8}had(?:n['’]?t| not)\W*$)|^\W*wish (?:i|we)\b"
    r"|\b(?:i|we) dream(?:t|ed)\b|\bin (?:my|a|the) dreams?\b|\bin (?:a|an) (?:perfect|ideal) world\b"
    rf"|^{_LEAD}(?:suppos(?:e|ing)|imagin(?:e|ing)|what if)(?: that)? "
    rf"(?:somebody|someone|anybody|anyone|they|he|she)\b",
    re.IGNORECASE,
)
_WOULD_HAVE = re.compile(
    r"(?:\b(?:would|could|might)|['’]d)(?: not|n['’]?t)?(?: \w+ly)?(?:['’]ve| have| of)(?: \w+ly)? "
    r"(?:given|rated|scored|watched|seen|logged|scheduled|(?:loved|liked) to)\b"
    r"|\bshould(?: not|n['’]?t)?(?:['’]ve| have| of)(?: \w+ly)? (?:given|watched|seen)\b"
    r"|(?:\bwould|['’]d) (?:\w+ly )?(?:give|rate|score|say|be|get|have been)\b.*\bif (?:only\b|"
    r"(?:it|they|there|that|the \w+)(?: \w+)? (?:were|weren|was|wasn|had|hadn)|not for)"
    r"|^\W*(?:rating|giving|watching|seeing|deleting)\b[^?!]*\b(?:would|is (?:hard|tricky|tough|impossible|"
    r"a tradition))\b",
    re.IGNORECASE,
)
_ACT = (
    r"(?:re-?)?(?:see(?:n|ing)?|saw|watch(?:ed|ing)?|log|save|record|rat(?:e|ed|ing)|review|schedule|plan|add|"
    r"delet(?:e|ed|ing)|cancel(?:l?ing)?|remov(?:e|ing))\b"
)
_NOT = re.compile(
    rf"(?<!\bwhy )\b(?:(?:have|has|had|did|do|does|would|will|can|could|wo|ca|is|am|are|ai){_N_T}|never|not|"
    r"doubt)\s+"
    r"(?:(?:\w+ly|even|yet|ever|did|be|been|going to|gonna|(?:have|need) to)\s+)*"
    r"(?:(?:you dare|think|want|believe|expect|plan|intend|need|feel like|bother|going|get|manage|say|said|"
    r"mean|"
    r"ask(?:ed|ing)?|tell(?:ing)?|told|try|trying|remember|under any circumstances)\s+(?:(?:for\s+)?you\s+)?)?"
    r"(?:(?:that\s+)?(?:i|we)(?:['’](?:ll|d|ve)|\s+(?:will|would|should|could|have))*\s+|to\s+)?(?:(?:\w+ly|"
    r"even|ever|be)\s+)*"
    rf"{_ACT}|\bno (?:plans?|wish|need|intention)\s+(?:to|of)\s+{_ACT}"
    r"|^\W*(?:(?:please|and|oh|so|but|just|no|also|ok|okay)\W+)*(?:don['’]?t|do not|never)\s+"
    r"(?:give|put|book|move|change|mark|tag|touch|set|push|shift|undo)\b"
    r"|\b(?:never|rarely|seldom|hardly ever|did(?:n['’]?t| not)) (?:ever )?(?:give|rate|score)\b"
    r"|\bnever made it (?:to|past|through)\b"
    r"|\bdo(?:n['’]?t| not) (?:have|want) (?:a|any) (?:rating|review|score)\b"
    r"|\byet to (?:re-?)?(?:see|watch|rate)\b|\brefuse to\b|\bcould(?:n['’]?t| not) (?:pay|make) (?:me|us)\b"
    r"|\bnot in a million years\b|\bunder no circumstances\b|\bleave\b.*\balone\b|\bhold off\b"
    r"|\b(?:was|is)(?:n['’]?t| not) a request\b|^\W*(?:(?:no+|please|wait|stop|oh)\W+)*don['’]?t\W*$"
    r"|\b(?:forgot|no idea|(?:(?:ca|do)n['’]?t|cannot|do not) (?:remember|recall|know)) (?:what|which|when|"
    r"whether|if) "
    r"(?:i|we)\b|\b(?:skipped|missed|passed on) X|\bgave X+ a miss\b"
    r"|\b(?:nobody|no one|no-one) (?:said|asked|told)\b|\bdecided (?:against|not to)\b"
    rf"|(?:\bnever|\bnot|n['’]?t)(?: yet| even| ever| really)* (?:got|gotten|get|got a|been) (?:a?round )?to\b"
    r"|\bforget (?:what|that) (?:i|we) said\b|\b(?:only|just|was|['’]m|am) (?:joking|kidding|teasing)\b"
    r"|\b(?:i|we) (?:\w+ly )?regret (?:giving|rating|scoring|watching|seeing)\b",
    re.IGNORECASE,
)
# "log Heat yesterday, actually don't"
_BACK = r"(?:oh|ah|no|nah|nope|wait|or|actually|hm+|but|and|on second thoughts?|sorry|hang on|scratch that)"
_TURNS_BACK = (
    r"(?:oh|ah|no|nah|nope|wait|actually|hm+|on second thoughts?|sorry|hang on|scratch that|just kidding)"
)
_RETRACTED = re.compile(
    rf"(?:^|[,.;:!?…–—-]\s*|\s)(?:{_BACK}\W+)*"
    r"(?:don['’]?t(?: do (?:it|that)| bother)?|never ?mind|(?:forget|ignore) (?:it|that)|"
    r"(?:scratch|strike) that|forget i (?:said|asked)(?: anything| that| it)?)\W*$"
    # "no, leave it as it is", "wait no dont, changed my mind", "sorry, ignore that, we are going after all"
    rf"|(?:[,.;:!?…–—-]\s*|\s){_TURNS_BACK}\W+[^X\d]*?"
    r"\b(?:(?<!n't )(?<!n’t )(?<!not )(?:leave|keep|scrap|ignore|forget) (?:it|that|them|everything|things)|"
    r"don['’]?t(?! (?:forget|you|worry|mind|think|like))|never ?mind|kidding|joking|changed my mind|"
    r"not worth it)\b"
    r"(?!\s+(?:out of|in mind))[^X\d]*$",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\s(?:it|that|them)\W*$", re.IGNORECASE)
_OWN_ACT = re.compile(
    r"\d|\b(?:watch|saw|seen|see|log|rat(?:e|ed)|g[ai]ve|review|finish|put|add|schedul|set|mov|mark|loved|"
    r"liked|hated|"
    r"was)\w*\b(?! on\b)",
    re.IGNORECASE,
)
_MADE_UP_FOR = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
# A plan that falls through is no denial but news of it.
_OFF = re.compile(
    r"\b(?:(?:am|are|is|['’](?:m|re)) not|(?:are|is|wo)n['’]?t)\b.*\b(?:after all|any ?more)\b|\bno longer\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:i|we)\s+(?:might|may|could|should)\s+(?!(?:very much )?(?:like|love)\b)"
    r"(?:\w+\s+){0,2}(?:re)?(?:watch|see)\b"
    r"|\b(?:maybe|perhaps|not sure|unsure|dunno)\b(?: (?:if|whether))? (?:i|we)(?:['’]?ll|['’]d| will| would|"
    r" should| could)?\s+(?:\w+ )?(?:watch|see|rate|give|go)\b"
    r"|\b(?:can['’]?t|cannot) (?:decide|make up my mind|agree)\b"
    r"|\bstill thinking\b|\bno decision\b|\bundecided\b"
    r"|\bno way\b|\bnot ever\b|\b(?:could|would|might|should(?!['\w ]* (?:an? )?(?:\d|one|two|three|four|five|"
    r"six|seven|eight|nine|ten)\b))(?: \w+ly)?(?:['’]ve| have)\s+been\b"
    r"|\b(?:almost|nearly)\s+(?:re)?(?:watched|saw|rated|gave|went)\b"
    r"|\b(?:tempted|this close|considered|considering|thought about|think(?:ing)? (?:of|about)|"
    r"wonder(?:ed|ing)? (?:(?:if|whether)(?! you\b)|what|who|how)|decide (?:between|if|whether)|sure (?:if|"
    r"whether)|torn between)\b"
    r"|\b(?:(?:was|were) (?:going|supposed|about|meant|hoping|planning)|meant|intended|"
    r"had planned|all set) to (?:re-?)?(?:watch|see)\b|\bmeaning to (?:re-?)?(?:watch|see|"
    r"rate)\b(?!.*\b(?:finally|did)\b)"
    r"|\b(?:wanted|hoped) to (?:re-?)?(?:watch|see)\b(?!.*\b(?:and|finally|did)\b)"
    r".*\b(?:yesterday|last (?:\w+day|night|week)|this morning)\b"
    r"|\b(?:was|were) (?:going|about|tempted) to (?:rate|give|say|score)\b"
    r"|\b(?:almost|nearly) (?:got|was|scored|deserved) an?\b|\b(?:my|our|the) plan was\b"
    r"|\b(?:almost|nearly) ended up\b"
    r"|\b(?:['’]ll|will|should|ought to|need to|must)\b.*\b(?:watch|see|give|go)\b.*\b(?:eventually|"
    r"at some point|"
    r"some ?time)\b|\b(?:one day|some ?day) (?:i|we)\b|\bought to (?:watch|see)\b|\bplanned on (?:watching|"
    r"seeing|rating)\b"
    r"|\bstill (?:need|have|want|got) to (?:re-?)?(?:watch|see|rate)\b",
    re.IGNORECASE,
)
# "I should see Heat again. Saturday at half past eight": what was left open is planned after all.
_THEN_A_DAY = re.compile(
    r"\W*(?:(?:so|on|say|let['’]?s say|how about)\s+)*(?:today|tonight|tomorrow|(?:this|next)\s+\w+|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?:(?!\b(?:i|we|he|she|they|it|is|are|was)\b)[^.!?])*"
    r"(?:\d|\b(?:noon|midnight|half past|quarter|o['’]clock)\b)"
    r"(?:(?!\b(?:i|we|he|she|they|it|is|are|was)\b)[^.!?])*[.!?]?\s*",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"\b(?:tried|wanted|hoped|['’]d love|would love|had tickets|were all set)\b(?:\s+(?:to|for|on))?"
    r"(?:\s+(?:re-?)?(?:watch|see|rate|give|watching|seeing|X+))\b.*\bbut\b"
    r"(?!.*\b(?:after|halfway|through|minutes?|mins?|hours?|gave up|stopped|turned|bailed)\b)"
    r"|\b(?:seen|watched|saw)\b[^.!?\d]*\bnot sure\W*$",
    re.IGNORECASE,
)
_SHOWS = r"(?:re-?)?(?:watch(?:ed)?|see|saw|show(?:ed)?|rate[ds]?|g[ai]ve)"
_REGULARLY = (
    r"(?:every|each) (?:single )?(?:years?|weeks?|weekends?|months?|days?|nights?|evenings?|christmas|"
    r"halloween|"
    r"easter|summer|winter|autumn|fall|spring|new year|time|\w+day)"
)
_HABIT = re.compile(
    rf"\bused to (?:\w+ly )?(?:{_SHOWS}|take|make|put)\b"
    rf"|\b(?:i|we|they|he|she)(?:['’]d| would)? (?:always|usually|often|sometimes|regularly|typically|normally)"
    rf"(?: \w+ly)? {_SHOWS}\b"
    rf"|\b(?:i|we)(?:['’](?:d|ve)| would| have)? (?:\w+ly )?(?:{_SHOWS}|"
    rf"put on)\b[^,;.]*(?<!as )(?<!like )\b{_REGULARLY}\b"
    rf"|(?<!as )(?<!like )\b{_REGULARLY}\W+(?:i|we)(?:['’]d| would)? (?:{_SHOWS}|put on)\b"
    r"|\b(?:as (?:a|an) (?:\w+ )?(?:kid|child|teen|teenager|student|boy|girl)|growing up|in my (?:childhood|"
    r"youth)|"
    r"in my \w+ days|back in (?:the )?(?:day|\W?\d\d)|when (?:i|we) (?:was|were) (?:a |an )?(?:young|little|"
    r"small|kids?|child|"
    r"children|teen\w*|students?|boy|girl|at (?:school|uni\w*|college))|(?<!\d )years ago)"
    r"|\b(?:seen|watched) [^,;.]*\b\w+ times\b(?! and\b)|\b(?:i|we) tend to\b|\b(?:normally|usually) (?:i|"
    r"we)['’]d\b"
    r"|\bi remember (?:watching|seeing)\b",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    rf"^{_LEAD}(?:(?:can|could|would|will) you\W+)?(?:translate|spell[- ]?check|proof-?read|paraphrase|"
    rf"rephrase|pronounce)\b",
    re.IGNORECASE,
)

_ORDERS = (
    r"(?:delet|remov|cancel|mov|push|shift|put|log|rate|give|add|schedul|plan|book|mark|make|chang|tick|set|"
    r"tag|"
    r"sav|scrap|bin|drop|take|keep)\w*"
)
_VERDICT = r"(?:\d+(?:[.,]\d)?|an? \w+|one|two|three|four|five|six|seven|eight|nine|ten)(?![:\w])"
# "Tom gave Heat a 6 but it's a 9", "I never want to see Heat again, delete it": the title is meant after all.
_GOES_BACK = re.compile(
    r"\b\d+(?:[.,]\d)?\s*(?:/\s*\d|out of\b)|\bstars\b"
    rf"|\b(?:it['’]?s|its|is|was|gets|give it|gave it|say|make (?:it|that)|with|,\s*me|me)\s+(?:\w+ly\s+)?"
    rf"(?:an?\s+(?:\w+\s+)?)?(?:\d+(?:[.,]\d)?|one|two|three|four|five|six|seven|eight|nine|ten)(?![:\w])"
    rf"|\b{_VERDICT} (?:from|for) (?:me|us)\b|\bX+\s+\d"
    r"|(?:^|[,.;:!?–—-]\s*|\b(?:so|and|but|then|please|just|now|can you|could you)\s+)"
    rf"(?:(?:so|and|but|then|please|just|now|can you|could you)\s+)*{_ORDERS}\s+(?:it|that|this|them)\b"
    r"|\b(?:i|we)(?:['’]d| would)\s+like\s+(?:it|that|this)\s+(?:in|on)\b"
    r"|\bit was\s+(?:on\s+)?(?:with\b|yesterday\b|last\b|\w+day\b)"
    r"|\b(?:i|we)\s+(?:\w+ly\s+|finally\s+)?(?:watched|saw|loved|liked|hated|enjoyed)\s+(?:it|that|this)\b",
    re.IGNORECASE,
)
_SAYS_AN_ACT = re.compile(
    r"\d|X|[★⭐]|\b(?:re-?)?(?:log|rat|giv|gave|watch|saw|seen?\b|schedul|plan|put|add|delet|cancel|remov|"
    r"mov|push|"
    r"shift|chang|mak|made|mark|tick|set|tag|sav|record|undo|book|remind|creat|defin|mash|review|scrap|drop|"
    r"bin\b|"
    r"clear|finish|complet|done|take|keep|pencil|instead|score|it was|it['’]?s|one|two|three|four|five|six|"
    r"seven|"
    r"eight|nine|ten|"
    r"today|tonight|tomorrow|yesterday|last|next|\w+day|morning|evening|noon|mon|tues?|wed|thu|fri|sat|sun)",
    re.IGNORECASE,
)


def questions(words: str) -> list[Span]:
    """The sentences that ask something; a request such as "can you log …?" asks nothing."""
    asked = [(start, end) for start, end in _sentences(words) if _ASKS.match(words[start:end])]
    return [(start, _end_of_question(words, start, end)) for start, end in asked]


def _end_of_question(words: str, start: int, end: int) -> int:
    """Where a question ends that goes over into a request: "who directed Heat and put it on for Friday"."""
    quoted = quotations(words)
    for order in _AND_DO.finditer(words, start, end):
        asks_on = words[start:end].rstrip().endswith("?") and not order["politely"]
        if not asks_on and not any(first <= order.start() < last for first, last in quoted):
            return order.start()
    return end


def unmeant(words: str) -> list[Span]:
    """Where the words speak of no act of the user's: questions, denials, what might be, what others did.

    A title stays meant where the rest speaks on of it, as in "Tom gave Heat a 6 but it's a 9". All is unmeant
    where the rest names no act, as in "don't cancel the dentist, I was only joking".

    Args:
        words: the message, each of its known titles written as a run of X so that none is taken for a question.
    """
    spans = [*questions(words), *of_others(words), *_not_done(words), *_taken_back(words)]
    rest = _blanked(words, spans)
    if rest == words:
        return []
    goes_back = "X" not in rest and _GOES_BACK.search(rest)
    if not goes_back and not _SAYS_AN_ACT.search(rest):
        return [(0, len(words))]
    if goes_back:
        titles = [found.span() for found in re.finditer(r"X+", words)]
        return [piece for span in spans for piece in _around(span, titles)]
    return spans


def _not_done(words: str) -> list[Span]:
    """What is denied, imagined, left open or remembered as a habit."""
    spans = []
    for start, end in _sentences(words):
        sentence = words[start:end]
        if _FAILED.search(sentence) or _LANGUAGE.match(sentence):
            spans.append((start, end))
        spans += [
            (start + a, start + b) for a, b in _pieces(sentence, _THOUGHT) if _IMAGINES.search(sentence[a:b])
        ]
        for first, last in _pieces(sentence, _CLAUSE):
            clause = sentence[first:last]
            denied = _NOT.search(clause) and not (_MADE_UP_FOR.search(clause) or _OFF.search(clause))
            if denied and _OF_IT.search(clause) and not _OWN_ACT.search(sentence[:first]):
                spans.append((start, start + last))  # "Heat was on last night, didn't watch it"
            left_open = _MAYBE.search(clause) and not _THEN_A_DAY.fullmatch(words, start + last)
            if denied or left_open or any(rule.search(clause) for rule in (_WOULD_HAVE, _HABIT)):
                spans.append((start + first, start + last))
    return spans


def _taken_back(words: str) -> list[Span]:
    """The last thing said, where the words end in taking it back."""
    back = _RETRACTED.search(words)
    said = [start for start, end in _sentences(words) if back and words[start : back.start()].strip()]
    return [(said[-1], len(words))] if said else []


def _sentences(words: str) -> list[Span]:
    """The sentences; what stands between quotation marks ends none."""
    return _pieces(words, _SENTENCE, quotations(words))


def _pieces(words: str, between: re.Pattern[str], whole: tuple[Span, ...] = ()) -> list[Span]:
    ends = [
        found.span()
        for found in between.finditer(words)
        if not any(start <= found.start() and found.end() <= end for start, end in whole)
    ]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(words)], strict=True))


def _blanked(words: str, spans: list[Span]) -> str:
    kept = list(words)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _around(span: Span, holes: list[Span]) -> list[Span]:
    """A span without the holes in it."""
    start, pieces = span[0], []
    for first, last in holes:
        if span[0] <= first and last <= span[1]:
            pieces.append((start, first))
            start = last
    return [*pieces, (start, span[1])]
