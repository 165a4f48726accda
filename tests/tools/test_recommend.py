"""Recommending: the score by hand, every degree, filters, taste, and reasons."""

from typing import Any

import pytest

from tools import Invalid, Library, NotFound


def find(library: Library, title: str, **wishes: Any) -> Any:
    """The title among the recommendations, or None."""
    films = library.recommend(**wishes, limit=50).films
    return next((film for film in films if film.title == title), None)


def degree(library: Library, title: str, criterion: str, wish: Any) -> float | None:
    """How far a title satisfies one criterion; a second one that it does satisfies keeps it in the list."""
    own = library.get_media(title=title).film
    criteria = {criterion: wish, "release_year": {"min": own.year, "max": own.year, "required": True}}
    if criterion == "release_year":
        criteria = {criterion: wish, "media_type": [own.media_type]}
    film = find(library, title, criteria=criteria, include_seen=True)
    return next(c.degree for c in film.contributions if c.criterion == criterion)


def test_the_score_is_the_weighted_mean_of_the_degrees(library: Library) -> None:
    # Ghost in the Shell: science fiction 0.9, cyberpunk 1.0; 83 minutes, 7 short of 90; 1995, 5 before 2000.
    film = find(
        library,
        "Ghost in the Shell",
        criteria={
            "genre": {"weight": 1.0, "values": ["cyberpunk", "drama"]},
            "runtime": {"weight": 0.5, "min": 90},
            "release_year": {"weight": 0.2, "min": 2000},
        },
    )
    by_hand = (1.0 * (1.0 + 0) / 2 + 0.5 * (1 - 7 / 30) + 0.2 * (1 - 5 / 10)) / (1.0 + 0.5 + 0.2)
    assert film.score == pytest.approx(by_hand, abs=1e-4)


def test_what_is_not_known_leaves_the_denominator(library: Library) -> None:
    # No seeded title is rated, so min_rating cannot be judged: 83 minutes are 13 over 70.
    film = find(
        library,
        "Ghost in the Shell",
        criteria={"min_rating": {"weight": 0.9, "value": 7}, "runtime": {"weight": 0.3, "max": 70}},
    )
    assert film.score == pytest.approx(1 - 13 / 30, abs=1e-4)


def test_the_score_can_be_recomputed_from_the_contributions(library: Library) -> None:
    for film in library.recommend(genres=["horror"], max_runtime=100, year_from=1990, language="en").films:
        judged = [c for c in film.contributions if c.degree is not None]
        mean = sum(c.weight * (c.degree or 0) for c in judged) / sum(c.weight for c in judged)
        assert film.score == pytest.approx(mean, abs=2e-3)


def test_the_best_come_first(library: Library) -> None:
    scores = [film.score for film in library.recommend(genres=["horror"], max_runtime=100, limit=20).films]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("title", "criterion", "wish", "expected"),
    [
        ("Blade Runner", "genre", ["cyberpunk"], 0.9),
        ("Blade Runner", "genre", ["cyberpunk", "drama"], 0.45),
        ("Blade Runner", "genre", ["western"], 0),
        ("Se7en", "genre", ["film noir"], 0.7),
        ("Alien", "runtime", {"max": 117}, 1),
        ("Alien", "runtime", {"max": 102}, 0.5),
        ("Alien", "runtime", {"max": 87}, 0),
        ("Alien", "runtime", {"min": 90, "max": 120}, 1),
        ("Alien", "runtime", {"min": 132}, 0.5),
        ("Alien", "runtime", {"value": 132}, 0.5),
        ("Alien", "release_year", {"min": 1984}, 0.5),
        ("Alien", "release_year", {"max": 1977}, 0.8),
        ("Alien", "maturity_rating", ["R"], 1),
        ("Alien", "maturity_rating", ["pg-13"], 0.5),
        ("Alien", "maturity_rating", ["TV-MA"], 1),
        ("Alien", "maturity_rating", ["G"], 0),
        ("Princess Jellyfish", "maturity_rating", ["G"], None),
        ("Heat", "min_rating", {"value": 5}, None),
        ("A Separation", "language", ["fa"], 1),
        ("A Separation", "language", ["EN"], 0),
        ("A Separation", "country", ["ir"], 1),
        ("A Separation", "country", ["US"], 0),
        ("Alien", "media_type", ["movie"], 1),
        ("Alien", "media_type", ["tv"], 0),
        ("Alien", "person", ["Sigourney Weaver"], 1),
        ("Alien", "person", ["Keanu Reeves"], 0),
    ],
)
def test_a_degree(library: Library, title: str, criterion: str, wish: Any, expected: float | None) -> None:
    assert degree(library, title, criterion, wish) == expected


@pytest.mark.parametrize(
    ("criterion", "wish"),
    [
        ("genre", ["drama"]),
        ("runtime", {"max": 100}),
        ("maturity_rating", ["R"]),
        ("language", ["en"]),
        ("country", ["US"]),
        ("person", ["Keanu Reeves"]),
        ("director_score", {"min": 7}),
        ("screenwriter_score", {"min": 7}),
    ],
)
def test_what_a_bare_title_lacks_is_not_known(library: Library, criterion: str, wish: Any) -> None:
    library.add_media(title="Solaris", year=1972)
    assert degree(library, "Solaris", criterion, wish) is None


@pytest.mark.parametrize(("least", "expected"), [(9, 1), (10, 0.5)])
def test_the_users_rating_is_judged(furnished: Library, least: float, expected: float) -> None:
    assert degree(furnished, "Alien", "min_rating", {"value": least}) == expected


@pytest.mark.parametrize(
    ("criterion", "title"), [("director_score", "Blade Runner"), ("screenwriter_score", "Alien")]
)
def test_the_makers_score_is_judged(furnished: Library, criterion: str, title: str) -> None:
    assert degree(furnished, title, criterion, {"min": 10}) == 0.5


@pytest.fixture
def fielded(library: Library) -> Library:
    library.define_field(label="Scare level", field_type="number")
    library.define_field(label="Moods", field_type="multi-select", options=["Cosy", "Bleak", "Odd"])
    library.define_field(label="Owned", field_type="boolean", default="no")
    library.set_field(title="Alien", field="Scare level", value=8)
    library.set_field(title="Alien", field="Moods", value=["Bleak", "Odd"])
    library.set_field(title="Alien", field="Owned", value=True)
    return library


@pytest.mark.parametrize(
    ("title", "criterion", "wish", "expected"),
    [
        ("Alien", "custom_field_scare_level", {"min": 6}, 1),
        ("Alien", "custom_field_scare_level", {"min": 10}, 0.6),
        ("Alien", "custom_field_scare_level", {"max": 4}, 0),
        ("Alien", "custom_field_scare_level", {"value": 8}, 1),
        ("Alien", "custom_field_scare_level", {"value": 7}, 0),
        ("Alien", "scare_level", {"value": 8}, 1),
        ("Heat", "custom_field_scare_level", {"value": 8}, None),
        ("Alien", "custom_field_moods", {"values": ["cosy", "odd"]}, 1),
        ("Alien", "custom_field_moods", {"value": "cosy"}, 0),
        ("Alien", "custom_field_owned", {"value": True}, 1),
        ("Heat", "custom_field_owned", {"value": True}, 0),
        ("Heat", "custom_field_owned", {"value": False}, 1),
    ],
)
def test_a_degree_of_the_users_own_field(
    fielded: Library, title: str, criterion: str, wish: Any, expected: float | None
) -> None:
    assert degree(fielded, title, criterion, wish) == expected


@pytest.mark.parametrize("name", ["3D", "_", "select", "from"])
def test_any_field_name_can_be_a_criterion(library: Library, name: str) -> None:
    library.define_field(label="Any", name=name)
    library.set_field(title="Alien", field=name, value="yes")
    assert [film.title for film in library.recommend(criteria={f"custom_field_{name}": "yes"}).films] == [
        "Alien"
    ]


def test_a_value_is_never_read_as_sql(library: Library) -> None:
    library.define_field(label="Note")
    library.set_field(title="Alien", field="Note", value="x'); DROP TABLE media; --")
    films = library.recommend(criteria={"custom_field_note": {"value": "x'); DROP TABLE media; --"}}).films
    assert [film.title for film in films] == ["Alien"]


def test_a_required_criterion_filters(library: Library) -> None:
    films = library.recommend(genres=["horror"], max_runtime=100, required=["runtime"], limit=50).films
    assert max(film.runtime or 0 for film in films) <= 100


def test_a_wished_criterion_only_counts(library: Library) -> None:
    films = library.recommend(genres=["horror"], max_runtime=100, limit=50).films
    assert max(film.runtime or 0 for film in films) > 100


def test_a_required_criterion_leaves_out_what_is_not_known(library: Library) -> None:
    assert library.recommend(min_rating=1, required=["min_rating"]).films == []


def test_any_part_of_a_required_genre_will_do(library: Library) -> None:
    assert find(library, "Se7en", genres=["film noir"], required=["genre"])


def test_a_required_criterion_may_weigh_nothing(library: Library) -> None:
    films = library.recommend(person="Keanu Reeves", weights={"person": 0}, required=["person"]).films
    assert [film.title for film in films] == ["The Matrix"]


def test_titles_that_nothing_speaks_for_are_left_out(library: Library) -> None:
    library.define_field(label="Mood")
    library.set_field(title="Up", field="Mood", value="cosy")
    assert [film.title for film in library.recommend(criteria={"mood": "cosy"}).films] == ["Up"]


def test_nothing_that_fits_is_said(library: Library) -> None:
    assert library.recommend(language="xx").summary == (
        "Nothing in your library fits language xx. Say “also what I have seen” to widen the search."
    )


def test_seen_titles_are_left_out(furnished: Library) -> None:
    assert find(furnished, "Alien", genres=["sci-fi horror"]) is None


def test_seen_titles_come_when_asked_for(furnished: Library) -> None:
    assert find(furnished, "Alien", genres=["sci-fi horror"], include_seen=True)


def test_a_partly_watched_title_is_not_seen(furnished: Library) -> None:
    assert find(furnished, "Heat", genres=["heist"])


def test_no_more_come_than_asked(library: Library) -> None:
    assert len(library.recommend(genres=["drama"], limit=2).films) == 2


def test_the_same_question_has_the_same_answer(library: Library) -> None:
    first, second = (library.recommend(genres=["drama"]).films for _ in range(2))
    assert first == second


def test_every_contribution_is_carried(library: Library) -> None:
    film = library.recommend(genres=["horror"], max_runtime=100, min_rating=7, weights={"runtime": 0.5}).films[
        0
    ]
    assert [(c.criterion, c.weight) for c in film.contributions] == [
        ("genre", 1.0),
        ("min_rating", 1.0),
        ("runtime", 0.5),
    ]


@pytest.mark.parametrize(
    ("title", "wishes", "reason"),
    [
        ("Alien", {"genres": ["thriller"]}, "Thriller"),
        ("Se7en", {"genres": ["film noir"]}, "Neo-Noir"),
        ("Alien", {"max_runtime": 120}, "117 min"),
        ("Alien", {"year_to": 1980}, "from 1979"),
        ("Alien", {"maturity_ratings": ["R"]}, "rated R"),
        ("Alien", {"person": "Ridley Scott"}, "with Ridley Scott"),
        ("Alien", {"media_type": "movie"}, "movie"),
        ("A Separation", {"language": "fa"}, "language fa"),
        ("A Separation", {"country": "IR"}, "from IR"),
        ("Alien", {"criteria": {"scare_level": {"min": 5}}}, "scare level 8"),
        ("Alien", {"criteria": {"moods": {"value": "odd"}}}, "moods Bleak, Odd"),
        ("Heat", {"criteria": {"owned": {"value": False}}}, "owned by default"),
    ],
)
def test_a_reason_is_the_titles_own_fact(
    fielded: Library, title: str, wishes: dict[str, Any], reason: str
) -> None:
    library = fielded
    own = library.get_media(title=title).film
    narrowed = {"year_from": own.year, "year_to": own.year, "required": ["release_year"]}
    wishes = wishes if "year_to" in wishes else narrowed | wishes
    film = find(library, title, **wishes)
    assert reason in [contribution.reason for contribution in film.contributions]


def test_what_does_not_fit_is_not_said_to_fit(library: Library) -> None:
    film = find(library, "Heat", criteria={"genre": ["heist"], "person": ["Keanu Reeves"], "country": ["IR"]})
    assert [c.reason for c in film.contributions] == [
        "Heist",
        "without Keanu Reeves",
        "not from IR",
    ]


def test_what_is_not_known_is_said_so(library: Library) -> None:
    film = find(library, "Heat", criteria={"genre": ["heist"], "min_rating": 7})
    assert film.contributions[1].reason == "rating not known"


def test_only_what_speaks_for_it_is_a_reason(library: Library) -> None:
    film = find(library, "Heat", criteria={"genre": ["heist"], "person": ["Keanu Reeves"], "min_rating": 7})
    assert film.reasons == ["Heist"]


def test_the_summary_says_by_what_and_why(library: Library) -> None:
    assert library.recommend(person="Keanu Reeves", max_runtime=140).summary.split("\n")[:2] == [
        "By runtime up to 140, person Keanu Reeves:",
        "1. The Matrix (1999): 136 min, with Keanu Reeves",
    ]


def test_without_a_taste_it_says_so(library: Library) -> None:
    assert library.recommend().summary.startswith("I do not know your taste yet: rate a few titles.")


def test_without_a_wish_it_goes_by_taste(furnished: Library) -> None:
    assert furnished.recommend().summary.startswith("By your taste:")


def test_taste_is_near_what_was_rated_high(library: Library) -> None:
    library.log_review(title="Alien", rating=10)
    near = {film.title for film in library.recommend(limit=10).films}
    assert {"Aliens", "The Thing"} <= near


def test_what_was_rated_low_is_no_taste(library: Library) -> None:
    library.log_review(title="Alien", rating=3)
    assert library.recommend().summary.startswith("I do not know your taste yet")


def test_taste_may_be_one_criterion_among_others(furnished: Library) -> None:
    film = furnished.recommend(genres=["comedy"], weights={"taste": 0.3}).films[0]
    assert [(c.criterion, c.weight) for c in film.contributions] == [("genre", 1.0), ("taste", 0.3)]


def test_a_required_taste_leaves_more_than_one(furnished: Library) -> None:
    films = furnished.recommend(criteria={"taste": {"min": 0, "required": True}}).films
    assert len(films) == 5


def test_a_wish_overrides_that_of_the_preset(furnished: Library) -> None:
    assert (
        furnished.recommend(preset="Short sci-fi", max_runtime=200).criteria
        == "genre science-fiction, runtime up to 200"
    )


def test_a_weight_overrides_that_of_the_preset(furnished: Library) -> None:
    judged = furnished.recommend(preset="Short sci-fi", weights={"genre": 0.25}).criteria
    assert judged == "runtime up to 100, genre science-fiction (weight 0.25)"


def test_a_must_can_be_added_to_a_preset(furnished: Library) -> None:
    films = furnished.recommend(preset="Short sci-fi", required=["runtime"], limit=50).films
    assert max(film.runtime or 0 for film in films) <= 100


def test_the_preset_itself_is_not_changed_by_a_wish(furnished: Library) -> None:
    furnished.recommend(preset="Short sci-fi", max_runtime=200, weights={"genre": 0.25})
    assert furnished.list_presets().presets[0].criteria_config["genre"] == {
        "weight": 1.0,
        "values": ["science-fiction"],
    }


@pytest.mark.parametrize("wishes", [{"genres": ["polka"]}, {"person": "Xavier Quux"}, {"preset": "Polka"}])
def test_an_unknown_name_is_not_found(library: Library, wishes: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        library.recommend(**wishes)


@pytest.mark.parametrize(
    "wishes",
    [
        {"min_rating": 11},
        {"maturity_ratings": ["XXX"]},
        {"genres": ["drama"], "weights": {"genre": 2}},
        {"min_runtime": 120, "max_runtime": 90},
        {"criteria": {"budget": 5}},
        {"limit": 51},
    ],
)
def test_a_wish_out_of_range_is_refused(library: Library, wishes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        library.recommend(**wishes)
