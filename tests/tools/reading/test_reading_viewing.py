import pytest

from tools.reading import read_viewing


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("watched heat on netflix", "Netflix"),
        ("on blu-ray", "Blu-ray"),
        ("in the cinema", "Theater"),
        ("at the movies", "Theater"),
        ("in theaters", "Theater"),
        ("at home", "Home"),
        ("on HBO Max", "HBO Max"),
        ("on disney plus", "Disney+"),
        ("on Prime Video", "Prime Video"),
        ("on Apple TV+", "Apple TV+"),
        ("on the Criterion Channel", "Criterion Channel"),
        ("in 4K", "4K"),
        ("on TV", "TV"),
        ("on the plane", "Plane"),
        ("Heat, Netflix, 8/10", "Netflix"),
        ("on 4K disc", "4K disc"),
        ("on a UHD Blu-ray", "4K Blu-ray"),
        ("on UHD", "4K"),
        ("at the local cinema", "Theater"),
        ("no hang on, it was Disney+", "Disney+"),
        ("that was actually on DVD", "DVD"),
        ("it was on Disney+, not on Netflix", "Disney+"),
        ("watched it on my laptop", "Laptop"),
        ("saw Heat at the Odeon", "Odeon"),
        ("saw Heat at the BFI on Friday", "BFI"),
        ("saw Heat at the Grand Rex with Tom", "Grand Rex"),
        ("schedule Heat at Ben's place on Friday", "Ben's place"),
        ("watched heat at ben's house", "ben's house"),
        ("watched Heat at my sister's", "my sister's"),
        ("saw Heat at Anna's", "Anna's"),
        ("watched it at Ben's", "Ben's"),
        ("film night at Ben's on Friday", "Ben's"),
        ("schedule it for Friday, Jonas's place, 9pm", "Jonas's place"),
        ("we're just back from the pictures", "Theater"),
        ("came back from the cinema", "Theater"),
        ("Saw it today. Crunchyroll. Alone.", "Crunchyroll"),
        ("Heat / Mubi / alone", "Mubi"),
        ("Heat, cinema, 8", "Theater"),
        ("Heat. Home. Alone.", "Home"),
        ("Heat is great cinema, 8", None),
        ("welcome home, Heat", None),
        ("saw Heat at Christmas", None),
        ("saw Heat at 9 on Friday", None),
        ("saw Heat at least twice", None),
        ("Heat won a lot at the Oscars", None),
        ("at the Prince Charles", None),
        ("a film from Disney", None),
        ("in the film, Ben's place burns down", None),
        ("a comedy about the Jones' house", None),
        ("watched chernobyl tonight on now tv", "Now TV"),
        ("oh and it was on Paramount+", "Paramount+"),
        ("watched heat on all 4", "All 4"),
        ("watched heat with my flatmate on iplayer", "BBC iPlayer"),
        ("netflix on saturday: Heat", "Netflix"),
        ("Prime Video, not Netflix", "Prime Video"),
        ("not Netflix, Disney", "Disney+"),
        ("heat on netflix no wait prime", "Prime Video"),
        ("watched Heat on Netflix, sorry, on Disney+", "Disney+"),
        ("set the source of saturday's matrix viewing to netflix", "Netflix"),
        ("In the diary, the Matrix on the 22nd should say Netflix.", "Netflix"),
        ("saturday 6 pm when i'm seeing us at the odeon", "Odeon"),
        ("us, odeon, sat 18:00, reminder 60 minutes", "Odeon"),
        ("saw Heat at the Vue in Leicester Square", "Vue"),
        ("saw heat at a friend's", "a friend's"),
        ("saw Heat round at Ben's", "Ben's"),
        ("watched heat at my mum and dad's", "my mum and dad's"),
        ("rented it last night", "Rental"),
        ("borrowed it from the library and watched it", "Library"),
        ("watched it on a dvd from the library", "DVD"),
        ("delete Heat from the library", None),
        ("watched Heat on Filmzie last night", "Filmzie"),
        ("watched it on filmin", "Filmin"),
        ("watched it on repeat", None),
        ("watched it on saterday", None),
        ("caught up on Severance", None),
        ("watched it at home on netflix", "Netflix"),
        ("watched it on the sofa with Anna", "Home"),
        ("was asleep on the sofa", None),
        ("the one where they are stuck on a train", None),
    ],
)
def test_the_source_has_the_schema_s_words(text: str, source: str | None) -> None:
    assert read_viewing(text).source == source


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("alone", "Solo"),
        ("watched it at home alone", "Solo"),
        ("by myself", "Solo"),
        ("with friends", "With Friends"),
        ("with a couple of friends", "With Friends"),
        ("watched it with my wife", "With my wife"),
        ("saw it with mum", "With mum"),
        ("watched Heat with Ana on Friday", "With Ana"),
        ("watched heat with ana last night", "With Ana"),
        ("took my niece to see Heat", "With my niece"),
        ("On Sunday I took the kids to see Heat at the cinema", "With Family"),
        ("took my mum to the cinema", "With my mum"),
        ("took Anna and Tom to see Heat", "With Anna and Tom"),
        ("went with the in-laws to see Heat", "With the in-laws"),
        ("Tom and I saw Heat on Friday", "With Tom"),
        ("my wife and I watched Heat", "With my wife"),
        ("Me and Anna saw Heat", "With Anna"),
        ("Tom, Anna and I watched Heat", "With Tom and Anna"),
        ("tom and i watched heat", "With Tom"),
        ("me and anna saw heat", "With Anna"),
        ("The kids and I watched Heat", "With Family"),
        ("That was with Tom, on DVD", "With Tom"),
        ("did my rewatch last night, alone", "Solo"),
        ("Anna and Tom watched Heat", None),
        ("took it to the cinema", None),
        ("I'm tired and I watched Heat", None),
        ("watched Heat and I loved it", None),
        ("with the kids", "With Family"),
        ("with my wife and kids", "With Family"),
        ("date night", "Date Night"),
        ("films with Tom Hanks", None),
        ("watched a film with Tom Hanks", None),
        ("watched heat with subtitles", None),
        ("Home Alone", None),
        ("me n my gf watched Heat", "With my gf"),
        ("my bf and I saw Heat", "With my bf"),
        ("watched Heat w/ Noor", "With Noor"),
        ("saw Heat w/my sister", "With my sister"),
        ("with my reading group", "With my reading group"),
        ("saw it with our film club", "With our film club"),
        ("with my students", "With my students"),
        ("with my granddaughter, such fun", "With my granddaughter"),
        ("with my little sister", "With my little sister"),
        ("with my mother-in-law", "With my mother-in-law"),
        ("with my wife and my stepson", "With my wife and my stepson"),
        ("the pleasure of seeing Heat with Tom", "With Tom"),
        ("watched it w/o subtitles", None),
        ("watched it with my headphones on", None),
        ("saw it with my own eyes", None),
        ("with my cat's toy", None),
        ("with a group of spies", None),
        ("a film with crew and dog", None),
        ("with class", None),
        ("a heist with the crew of a ship", None),
        ("with the book club", "With the book club"),
        ("with our team", "With our team"),
        ("with my school friends", "With Friends"),
        ("last night me and Jess we finally watched uh mad max", "With Jess"),
        ("Dad and I had a movie night", "With Dad"),
        ("it was with Mei and Leo actually", "With Mei and Leo"),
        ("with Raj I should add", "With Raj"),
        ("no, with tom", "With Tom"),
        ("And it was my sister who came along, not the neighbour.", "With my sister"),
        ("it was my brother, not my sister", "With my brother"),
        ("it wasn't with Tom, it was with Anna", "With Anna"),
        ("oh and anna was there too", "With Anna"),
        ("my mum joined me", "With my mum"),
        ("my husband watched it with me", "With my husband"),
        ("i saw it in company of my parents", "With my parents"),
        ("watched it together with Nina", "With Nina"),
        ("watched it with Anna and the kids", "With Anna and the kids"),
        ("watched it with tom and loved it", "With Tom"),
        ("watched it with Uncle Bob", "With Uncle Bob"),
        ("Heat, me and jess, saturday", "With Jess"),
        ("heat, netflix, with anna", "With Anna"),
        ("the whole family watched Heat", "With Family"),
        ("something for the whole family", None),
        ("watched it on sunday all by myself", "Solo"),
        ("saw it on my own", "Solo"),
        ("no, leave that alone", None),
        ("watched it yesterday, just us two", "Just us two"),
        ("a film about a man alone on mars", None),
        ("that film where a girl is left with her uncle", None),
        ("the movie we saw on sunday with Alan Rickman", None),
        ("something on netflix, with denzel", None),
        ("With Tom Hanks please", None),
        ("heat - amazon prime - me and the wife", "With the wife"),
        ("yesterday me and my dad we go to cinema and see Heat", "With my dad"),
        ("forgot to mention Sam was with me", "With Sam"),
        ("the scene with the kids is lovely, 9/10", None),
        ("watched it, 8/10, Pacino is brilliant with De Niro", None),
        ("Which titles with Harrison Ford are there?", None),
    ],
)
def test_company_is_told_from_the_cast(text: str, company: str | None) -> None:
    assert read_viewing(text).company == company


@pytest.mark.parametrize(
    ("text", "rewatch", "count"),
    [
        ("watched heat again", True, None),
        ("Rewatched it", True, None),
        ("re-watched", True, None),
        ("for the third time", True, 2),
        ("saw it a second time", True, 1),
        ("watched it twice", True, 1),
        ("saw it for the first time", False, None),
        ("I'd watch it again", False, None),
        ("never again", False, None),
        ("show me the list again", False, None),
    ],
)
def test_a_rewatch_is_counted(text: str, rewatch: bool, count: int | None) -> None:
    words = read_viewing(text)
    assert (words.rewatch, words.rewatch_count) == (rewatch, count)


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("watched half of Heat", True),
        ("the first 40 minutes of Heat", True),
        ("didn't finish it", True),
        ("gave up", True),
        ("fell asleep", True),
        ("we walked out", True),
        ("turned it off", True),
        ("gave up on it halfway through", True),
        ("dozed off after 45 minutes", True),
        ("I only got 45 minutes in before bed", True),
        ("only got through an hour and a quarter of it", True),
        ("only made it through 40 minutes", True),
        ("watched an hour of it", True),
        ("managed 30 minutes of it", True),
        ("got an hour into it", True),
        ("only watched the first hour", True),
        ("bailed after an hour", True),
        ("couldn't get through it", True),
        ("couldn't make it to the end", True),
        ("switched it off after 20 minutes", True),
        ("quit it after 20 min", True),
        ("started it, lasted 20 minutes", True),
        ("watched up to the 50 minute mark", True),
        ("paused it at 1h10", True),
        ("watched it to the end", False),
        ("loved the first half of it", False),
        ("the first half of it drags", False),
        ("almost fell asleep", False),
        ("put it off till Friday", False),
        ("it's two hours of pure fun", False),
        ("finished it", False),
        ("the hero gave up his life", False),
        ("i bailed on it before the end", True),
        ("stopped at the interval", True),
        ("couldn't get past the first hour of it", True),
        ("missed the end of it", True),
        ("comedies up to 100 min", False),
        ("my friend joined us halfway through", False),
        ("the film where a man falls asleep halfway", False),
        ("it left me in tears", False),
        ("had to bail 20 minutes before the end", True),
        ("Ben gave up after 20 minutes but I loved it", False),
        ("my wife fell asleep, I loved it", False),
    ],
)
def test_a_partial_viewing_is_noticed(text: str, partial: bool) -> None:
    assert read_viewing(text).partial is partial


@pytest.mark.parametrize(
    "text",
    [
        "gave up on Heat halfway through",
        "switched Heat off",
        "quit Heat",
        "watched an hour of Heat",
        "half of Heat",
    ],
)
def test_a_title_may_stand_among_the_words(text: str) -> None:
    at = text.index("Heat")
    assert read_viewing(text, skip=[(at, at + 4)]).partial


@pytest.mark.parametrize(
    ("text", "source", "company"),
    [
        ("yesterday 21:15 at the Odeon with Ben, Heat: 9/10", "Odeon", "With Ben"),
        ("three nights ago, Heat w/ Noor", None, "With Noor"),
        ("Heat, Friday 9pm, Jonas's place", "Jonas's place", None),
        ("Heat on Friday at Ben's", "Ben's", None),
        ("Heat on prime with the family, sunday", "Prime Video", "With Family"),
        ("heat with ben on sunday", None, "With Ben"),
        ("Heat with Al Pacino", None, None),
        ("Heat at the Odeon", "Odeon", None),
        ("Is Heat the film with Al Pacino?", None, None),
        ("with Ben on Sunday", None, None),
    ],
)
def test_a_title_and_a_day_tell_of_a_viewing(text: str, source: str | None, company: str | None) -> None:
    title = [(at, at + 4) for at in [text.lower().find("heat")] if at >= 0]
    words = read_viewing(text, skip=title)
    assert (words.source, words.company) == (source, company)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("only made it 40 minutes into it on monday", 40),
        ("dozed off an hour into it last night", 60),
        ("gave up after 20 min", 20),
        ("log a partial viewing of it, 30 min", 30),
        ("fell asleep half an hour in", 30),
        ("turned it off after an hour and a half", 90),
        ("lost interest 30 min in", 30),
        ("watched the first 50 minutes of it", 50),
        ("fell asleep halfway", None),
        ("gave up on it. It is 170 minutes long", None),
        ("gave up with 20 minutes left", None),
        ("watched it, 170 minutes", None),
    ],
)
def test_a_partial_viewing_has_its_minutes(text: str, minutes: int | None) -> None:
    assert read_viewing(text).minutes == minutes


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Heat, Netflix, alone, 8/10", ["Netflix", "alone"]),
        ("Prime Video, not Netflix", ["Prime Video", "Netflix"]),
        ("with Anna, not with Tom, on Mubi", ["with Anna", "with Tom", "on Mubi"]),
        ("gave up after 20 min, with dad", ["gave up after 20 min", "with dad"]),
        ("Heat, dnf, cinema", ["dnf", "cinema"]),
        ("saw it at the odeon on Friday", ["at the odeon"]),
    ],
)
def test_the_spans_are_the_exact_words(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in read_viewing(text).spans] == cut


def test_the_spans_cut_the_words_out() -> None:
    text = "watched Heat again on Netflix with friends, fell asleep"
    cut = [text[start:end] for start, end in read_viewing(text).spans]
    assert cut == ["again", "on Netflix", "with friends", "fell asleep"]
