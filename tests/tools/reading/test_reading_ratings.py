import re

import pytest

from tools.reading import read_ratings


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9/10", 9.0),
        ("9 / 10", 9.0),
        ("4.5/5", 9.0),
        ("3.33/5", 6.7),
        ("9 out of 10", 9.0),
        ("watched blade runner last night nine out of ten", 9.0),
        ("four out of five", 8.0),
        ("zero out of ten", 0.0),
        ("gave it 4 of 5 stars", 8.0),
        ("I watched Heat, 2 of 5 stars", 4.0),
        ("three of four stars", 7.5),
        ("gave it 4 of 5", 8.0),
        ("3 out of 4 stars", 7.5),
        ("3 stars out of 4", 7.5),
        ("3 stars out of 10", 3.0),
        ("8 stars of 10", 8.0),
        ("★★★ out of 4", 7.5),
        ("rated Heat 2 out of 4", 5.0),
        ("watched Heat, three and a half out of four", 8.8),
        ("5 out of 6", 8.3),
        ("15 out of 20", 7.5),
        ("rated it 3/4", 7.5),
        ("gave it 5/6", 8.3),
        ("rated Heat 15/20", 7.5),
        ("watched Heat, 3/4", 7.5),
        ("3/4 stars", 7.5),
        ("3/4", 7.5),
        ("4.5 stars", 9.0),
        ("four and a half stars", 9.0),
        ("4½ stars", 9.0),
        ("four stars", 8.0),
        ("half a star", 1.0),
        ("★★★★½", 9.0),
        ("★★★★☆", 8.0),
        ("95/100", 9.5),
        ("95%", 9.5),
        ("87 percent", 8.7),
        ("a solid eight", 8.0),
        ("an 8", 8.0),
        ("about an 8", 8.0),
        ("8ish", 8.0),
        ("8.5", 8.5),
        ("perfect ten", 10.0),
        ("gave it 8", 8.0),
        ("gave it a 7.5", 7.5),
        ("give it a rating of 8", 8.0),
        ("rate it seven and a half", 7.5),
        ("rated it seven point five", 7.5),
        ("rated Tenet a 6", 6.0),
        ("make that an 8", 8.0),
        ("actually make it an 8 not a 9", 8.0),
        ("actually 8", 8.0),
        ("change my rating of Heat to 7.5", 7.5),
        ("gave Apollo 13 an 8", 8.0),
        ("rated Toy Story 3, 8", 8.0),
        ("watched Blade Runner, 9", 9.0),
        ("watched blade runner last night 9", 9.0),
        ("Watched Heat, 9. Gorgeous.", 9.0),
        ("9 from me", 9.0),
        ("that's 9 in my book", 9.0),
        ("8 for that", 8.0),
        ("give it a 9 & tell me more", 9.0),
        ("watched Heat on 12/03/2025 at 8pm for the 3rd time, 9/10", 9.0),
        ("3,5 of 5 stars", 7.0),
        ("3,5/5", 7.0),
        ("gave it 7,5", 7.5),
        ("rate it 8,5 please", 8.5),
        ("8,5", 8.5),
        ("87,5%", 8.8),
        ("I give 9 points from 10", 9.0),
        ("I give it 9 points", 9.0),
        ("9 points out of 10", 9.0),
        ("gave it 8 out of 10 points", 8.0),
        ("I give 9 from 10", 9.0),
        ("17 marks out of 20", 8.5),
        ("enter a mark of eight out of ten for Heat", 8.0),
        ("please enter a mark of eight for Heat", 8.0),
        ("a grade of 7.5 for Heat", 7.5),
        ("My verdict is 8, warm and a little chaotic", 8.0),
        ("verdict: 7", 7.0),
        ("9. absolutely harrowing", 9.0),
        ("Nine. Swanson is magnificent.", 9.0),
        ("9 - harrowing", 9.0),
        ("8 because the ending is perfect", 8.0),
        ("it deserves an 8.5 actually", 8.5),
        ("a 9 will do as well", 9.0),
        ("three and three quarter stars", 7.5),
        ("four and half stars", 9.0),
        ("three stars and a half", 7.0),
        ("put a 6 against Tremors", 6.0),
        ("would call it an eight", 8.0),
        ("put an 8 down for Terminator, would you?", 8.0),
        ("make it 7", 7.0),
        ("bump it to 9", 9.0),
        ("bump it up to 9", 9.0),
        ("knock it down to a 6", 6.0),
        ("put it back to 9", 9.0),
        ("put it down as 6", 6.0),
        ("raise it from a 7 to an 8", 8.0),
        ("I'd put it at eight and a half", 8.5),
        ("it comes in at 7", 7.0),
        ("full marks", 10.0),
        ("top marks for the cast", 10.0),
        ("zero stars", 0.0),
        ("a big fat zero", 0.0),
        ("8 1/2", 8.5),
        ("4 1/2 stars", 9.0),
        ("4 ⭐", 8.0),
        ("8 😀", 8.0),
        ("an 8 :)", 8.0),
        ("like a nine out of ten", 9.0),
        ("i'd give it a solid um eight", 8.0),
        ("rate it 9 over 10", 9.0),
        ("fine, a 10 then", 10.0),
        ("ok 7 then", 7.0),
        ("no, 5", 5.0),
        ("let's say 8", 8.0),
        ("6.5, let's be honest", 6.5),
        ("eight rather", 8.0),
        ("9 is better", 9.0),
        ("a strong 7", 7.0),
        ("strong 7", 7.0),
        ("not 9 but 8", 8.0),
        ("8 rather than 9", 8.0),
        ("it should really be an 8", 8.0),
        ("on a scale of 1 to 10, an 8", 8.0),
        ("nine points go to it", 9.0),
        ("There's a mistake in what I gave it. Nine is right.", 9.0),
        ("did it last night, 9", 9.0),
        ("i finished it; my head hurts; 8 nonetheless", 8.0),
    ],
)
def test_a_rating_is_read_on_the_scale_of_ten(text: str, value: float) -> None:
    ratings = read_ratings(text)
    assert [(rating.value, rating.in_range) for rating in ratings] == [(value, True)]
    assert text[ratings[0].start : ratings[0].end] == ratings[0].text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11/10", 11.0),
        ("12 out of 10", 12.0),
        ("5 out of 4", 12.5),
        ("gave it 6 of 5 stars", 12.0),
        ("-3", -3.0),
        ("gave it minus 3", -3.0),
        ("I'd give it an 11", 11.0),
        ("eleven out of ten", 11.0),
        ("minus one", -1.0),
    ],
)
def test_a_rating_out_of_range_is_kept_and_flagged(text: str, value: float) -> None:
    assert [(rating.value, rating.in_range) for rating in read_ratings(text)] == [(value, False)]


@pytest.mark.parametrize(
    "text", ["Rate Rocky 7 and Creed 8", "Rate Rocky 7/10 and Creed 8", "gave Rocky a 7 but Creed an 8"]
)
def test_two_films_get_two_ratings(text: str) -> None:
    assert [rating.value for rating in read_ratings(text)] == [7.0, 8.0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rate Heat eight no wait eight and a half", 8.5),
        ("Rate Heat 8, no sorry, 7", 7.0),
        ("give it a 9, I mean an 8", 8.0),
        ("8/10, scratch that, 7/10", 7.0),
        ("9/10, make that 8/10", 8.0),
        ("it's an 8. No, a 9.", 9.0),
        ("rated it 7 or rather 8", 8.0),
        ("9/10. Sorry, I meant 8/10.", 8.0),
        ("four stars um no hang on four and a half stars", 9.0),
        ("gave it a 6 but actually it's a 7", 7.0),
        ("rate it 5, no, 6, no wait, 7", 7.0),
        ("rated Alien 8 last week, now I'd say 9", 9.0),
        ("gave it a 6 in 2019 but now 7", 7.0),
        ("nine? no, eight", 8.0),
        ("nine out of ten uh no eight", 8.0),
    ],
)
def test_a_second_thought_counts(text: str, value: float) -> None:
    (rating,) = read_ratings(text)
    assert rating.value == value
    assert text[rating.start : rating.end] == rating.text  # with the first thought, which is nothing else


@pytest.mark.parametrize(
    "text", ["gave Rocky a 7, Creed an 8", "Rate Rocky 7, actually Creed 8", "an 8, sorry to say. Creed is a 9"]
)
def test_two_ratings_without_a_second_thought_stay_two(text: str) -> None:
    assert len(read_ratings(text)) == 2


def beside_titles(text: str) -> list[float]:
    """The ratings of a text in which Alien, Heat and Airplane are known titles."""
    titles = [found.span() for found in re.finditer("Alien|Heat|Airplane", text)]
    return [rating.value for rating in read_ratings(text, skip=titles)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Heat: 7.", [7.0]),
        ("Heat: 7. Clever but cold.", [7.0]),
        ("Heat - 8", [8.0]),
        ("Heat = 8", [8.0]),
        ("Heat 8", [8.0]),
        ("Heat, 8", [8.0]),
        ("Alien (8), Heat (7)", [8.0, 7.0]),
        ("Airplane! 8", [8.0]),
        ("Heat was 8", [8.0]),
        ("Heat 8 for me", [8.0]),
        ("Alien 8, Heat 7 and Airplane 6", [8.0, 7.0, 6.0]),
        ("Alien: 8\nHeat: nine", [8.0, 9.0]),
        ("9 for Heat, 8 for Alien", [9.0, 8.0]),
        ("Heat - 3,5 of 5 stars", [7.0]),
        ("Heat: 8,5. Alien: 7", [8.5, 7.0]),
        ("Heat / Mubi / last Thursday / alone / 8,5", [8.5]),
        ("Heat / Mubi / last Thursday / 8 / alone", [8.0]),
        ("Heat | cinema | 7", [7.0]),
        ("Heat from 1995: 9. Tense.", [9.0]),
        ("Heat (1995): 9", [9.0]),
        ("Heat, the 1995 version, 9", [9.0]),
        ("Heat of 1995 is 9", [9.0]),
        ("Heat is 9 now", [9.0]),
        ("Heat 7.5 pts, Alien 8 points", [7.5, 8.0]),
        ("minus two for Heat", [-2.0]),
        ("-2 for Heat", [-2.0]),
        ("Heat = 10/10", [10.0]),
        ("Heat -> 9", [9.0]),
        ("Heat... eight", [8.0]),
        ("Heat 9 of 10", [9.0]),
        ("Airplane 6 Alien 8 Heat 7.5", [6.0, 8.0, 7.5]),
        ("solid eight for Heat", [8.0]),
        ("put Alien back to 9", [9.0]),
        ("I'd put Alien at 9", [9.0]),
        ("Heat should be 8 not 9", [8.0]),
        ("log Heat with 8", [8.0]),
        ("Heat: -2", [-2.0]),
        # what was first said is taken back
        ("Heat: 6... hmm no, 6.5", [6.5]),
        ("Heat 7 -> 6", [6.0]),
        ("Heat: 7 → 8", [8.0]),
        ("Heat nine hmm eight and a half", [8.5]),
        ("Heat: was 7, now 8", [8.0]),
        ("Heat was a 7 last time, this time an 8", [8.0]),
        ("Heat goes up from 7 to 8", [8.0]),
        ("Heat isn't a 6, it's a 7.5", [7.5]),
        ("Heat: not 6 but 7", [7.0]),
        ("Heat, somewhere between an 8 and a 9, say 8.5", [8.5]),
        # a number that nothing is said of
        ("Heat was okay, nothing special. Six.", [6.0]),
        ("I didn't like Heat. 4.", [4.0]),
        ("Not a fan of Heat, 4", [4.0]),
        ("Heat bored me to tears so 3", [3.0]),
        ("Heat seven point five a bit slow in the middle", [7.5]),
        ("Heat 8 what a ride", [8.0]),
        ("I'm going with 9 for Heat", [9.0]),
        ("I say 9 for Heat", [9.0]),
        ("settled for 9.5 with Heat", [9.5]),
        ("saw Heat with my dad. Eight and a half points, please.", [8.5]),
        ("Heat: Tom 6, me 8", [8.0]),
        ("Heat would be a ten if it weren't so long, so 9", [10.0, 9.0]),
        ("Heat: bleak. And the points are 9.", [9.0]),
        ("ten points to Heat", [10.0]),
        ("Heat from 8.5 to 9", [9.0]),
        ("Heat from a 9 to 8.5", [8.5]),
        ("My Heat score was wrong. Eight it is.", [8.0]),
        ("Heat, hmm, 7?", [7.0]),
        ("put 7 for Heat", [7.0]),
        ("8 for Heat 9 for Alien", [8.0, 9.0]),
        ("Heat and Alien both 8", [8.0]),
        ("Heat could have been a nine but the ending ruins it, 7", [9.0, 7.0]),
        ("Heat: 8 (nearly dozed off)", [8.0]),
    ],
)
def test_a_bare_number_beside_a_title_is_its_rating(text: str, values: list[float]) -> None:
    assert beside_titles(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "schedule Heat 8",
        "Heat 8 tonight",
        "put Heat on the calendar, 8",
        "show me films like Heat 8",
        "Heat is 8 years old",
        "Heat, 8 of us saw it",
        "Heat 12",
        "two tickets, 8 for Heat, 3 for Alien",
        "Heat -8",
        "add half a star to Heat",
        "half a star more for Heat",
        "Heat from 8 to 10",
        "put 7 for Heat on Friday",
        "Heat from 1995",
        "Heat / 1995 / 170 min",
        "minus the ads for Heat",
        "I'd put Heat at 8 on Friday",
        "put Heat on at 9",
        "move Alien back to 9",
        "the scare level of Alien is 2",
        "cosiness of Heat: 7",
        "Heat is 90% dialogue",
        "Heat, 3 of us",
        "Heat, 3 tickets",
        "Heat, Friday, 8.",
        "Heat tomorrow 8",
        "Heat: three men rob a bank",
        "Heat won 3, lost 2",
        "Those two cops in Heat. Actors?",
        "two thumbs up for Heat",
    ],
)
def test_a_number_beside_a_title_may_be_something_else(text: str) -> None:
    assert beside_titles(text) == []


def test_a_known_title_hides_its_number() -> None:
    assert read_ratings("watched Toy Story 3", skip=[(8, 19)]) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("films rated at least 8", "min"),
        ("rated 8 or higher", "min"),
        ("more than 4 stars", "min"),
        ("rated below 5", "max"),
        ("rated up to 7", "max"),
        ("films up to an 8", "max"),
        ("bump Heat up to an 8.5", "exact"),
        ("raise my rating of it up to 9", "exact"),
        ("that goes up to a 9", "exact"),
        ("rated it 8", "exact"),
        ("no more than a 4 from me", "max"),
    ],
)
def test_a_wish_is_told_from_a_verdict(text: str, bound: str) -> None:
    assert [rating.bound for rating in read_ratings(text)] == [bound]


@pytest.mark.parametrize(
    "text",
    [
        "somewhere between 7 and 8",
        "gave it something between a seven and an eight",
        "a 7 or an 8",
        "it's a 7 to 8",
        "7 or 8 out of 10",
    ],
)
def test_a_range_has_two_ends_and_no_verdict(text: str) -> None:
    assert [(rating.value, rating.bound) for rating in read_ratings(text)] == [(7.0, "min"), (8.0, "max")]


@pytest.mark.parametrize(
    "text",
    [
        "two thumbs up",
        "A+",
        "no wait, 10.15",
        "somewhere in the high 8s",
        "not quite full marks",
        "knock a point off",
        "put the dentist back to 9",
        "3, the Pacino one",
        "8, at the Odeon",
        "between 3 and 5 films",
        "tomorrow between 7 and 8",
        "season 2",
        "watched two episodes of season 2",
        "5 films",
        "top 5",
        "give me 5",
        "ten recommendations",
        "three films",
        "watched heat with 3 friends",
        "a 2 hour film",
        "under 90 minutes",
        "watched heat at 8",
        "schedule heat for friday at 8",
        "tonight at 9",
        "on the 8th",
        "8pm",
        "1982",
        "from 1990 to 2005",
        "12/03/2025",
        "8 out of 10 times",
        "watched 3/4 of it",
        "watched Heat 11/20",
        "watched heat on 3/4",
        "seen 3 out of 4 episodes",
        "I've seen 3 out of 6",
        "2 of 5 films",
        "PG-13 films",
        "watched that one",
        "my top 7,8 and 9",
        "won 8 points",
        "move Rocky 5 from 10 to 8pm",
        "the team scored 3 points in the film",
    ],
)
def test_other_numbers_are_no_ratings(text: str) -> None:
    assert read_ratings(text) == []
