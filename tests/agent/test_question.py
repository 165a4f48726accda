"""Which words are a question over the user's own diary, and what it asks; Wednesday 26 November 2025."""

import pytest

from agent.memory import Memory
from agent.notes import read_notes
from agent.question import read_question
from tools.diary import query_diary

VIEWINGS = {"of": "viewings", "measure": "count"}
REVIEWS = {"of": "reviews", "measure": "count"}
EVENTS = {"of": "events", "measure": "count"}
HOURS = {"of": "viewings", "measure": "hours"}
AVERAGE = {"of": "reviews", "measure": "average_rating"}
HIGHEST = {"of": "reviews", "measure": "highest"}
LOWEST = {"of": "reviews", "measure": "lowest"}
LONGEST = {"of": "viewings", "measure": "longest"}
LAST = {"of": "viewings", "measure": "last"}
FIRST = {"of": "viewings", "measure": "first"}
FRIDAY = {"since": "2025-11-28", "until": "2025-11-28"}
OCTOBER = {"since": "2025-10-01", "until": "2025-10-31"}
NOVEMBER = {"since": "2025-11-01", "until": "2025-11-30"}
DECEMBER = {"since": "2025-12-01", "until": "2025-12-31"}
THIS_YEAR = {"since": "2025-01-01", "until": "2025-12-31"}
IN_2024 = {"since": "2024-01-01", "until": "2024-12-31"}
THE_80S = {"year_from": 1980, "year_to": 1989}
THE_90S = {"year_from": 1990, "year_to": 1999}
KUROSAWA = {"person": "Akira Kurosawa"}

QUESTIONS = {
    # how many, how often, how long
    "how many films did I see in October?": VIEWINGS | OCTOBER,
    "How many movies have I watched this year?": VIEWINGS | THIS_YEAR,
    "how many films have I seen so far this year": VIEWINGS | {"since": "2025-01-01", "until": "2025-11-26"},
    "Hey, how many films did I watch in 2024?": VIEWINGS | IN_2024,
    "how many films from 1999 have I seen?": VIEWINGS | {"year_from": 1999, "year_to": 1999},
    "how many 80s horror films did I watch this year?": VIEWINGS | THE_80S | THIS_YEAR | {"genre": "horror"},
    "how many films from the 90s did I watch in 2024?": VIEWINGS | THE_90S | IN_2024,
    "how many films made before 1960 have I seen?": VIEWINGS | {"year_to": 1959},
    "how many films have I watched since 2020?": VIEWINGS | {"since": "2020-01-01"},
    "how many movies did I watch since June?": VIEWINGS | {"since": "2025-06-01"},
    "how many movies did I watch between June and August?": VIEWINGS
    | {"since": "2025-06-01", "until": "2025-08-31"},
    "how many films did I see before October?": VIEWINGS | {"until": "2025-09-30"},
    "how many films did I see after last month?": VIEWINGS | {"since": "2025-11-01"},
    "how many films did I see in the last 3 months?": VIEWINGS | {"since": "2025-08-26", "until": "2025-11-26"},
    "how many Akira Kurosawa films have I seen?": VIEWINGS | KUROSAWA,
    "how many of Kurosawa's films have I watched?": VIEWINGS | KUROSAWA,
    "how many japanese films have I seen?": VIEWINGS | {"language": "ja"},
    "how many documentaries did I watch last year?": VIEWINGS | {"media_type": "documentary"} | IN_2024,
    "how many shows did we watch last month?": VIEWINGS | {"media_type": "tv"} | OCTOBER,
    "how many romantic comedies did I watch with my wife?": VIEWINGS
    | {"genre": "romantic-comedy", "context": "my wife"},
    "how many films did I watch alone?": VIEWINGS | {"context": "Solo"},
    "how many films have I rewatched this year?": VIEWINGS | {"rewatch": True} | THIS_YEAR,
    "how many films did I see for the first time in October?": VIEWINGS | {"rewatch": False} | OCTOBER,
    "how many times did I go to the cinema this year?": VIEWINGS | {"source": "Theater"} | THIS_YEAR,
    "how often have I seen The Matrix?": VIEWINGS | {"title": "The Matrix (1999)"},
    "how many times have I watched Alien?": VIEWINGS | {"title": "Alien (1979)"},
    "How many films have I finished this month?": VIEWINGS | {"completed": True} | NOVEMBER,
    "which films did I not finish?": VIEWINGS | {"completed": False},
    "how many films didn't I finish this year": VIEWINGS | {"completed": False} | THIS_YEAR,
    "how many hours did I spend on Netflix this month?": HOURS | {"source": "Netflix"} | NOVEMBER,
    "how much time did I spend watching horror this year?": HOURS | {"genre": "horror"} | THIS_YEAR,
    "how many hours of Kurosawa have I watched?": HOURS | KUROSAWA,
    "how many films per month did I watch this year?": VIEWINGS | {"group_by": "month"} | THIS_YEAR,
    "how many films did I watch per genre in October?": VIEWINGS | {"group_by": "genre"} | OCTOBER,
    # ratings
    "how many films have I rated above 8?": REVIEWS | {"min_rating": 8.1},
    "how many films have I rated 8 or higher?": REVIEWS | {"min_rating": 8.0},
    "how many films did I give less than 5 this year?": REVIEWS | {"max_rating": 4.9} | THIS_YEAR,
    "what did I rate 9 or more?": REVIEWS | {"min_rating": 9.0},
    "how many 10s did I give this year?": REVIEWS | {"min_rating": 10.0, "max_rating": 10.0} | THIS_YEAR,
    "what did I give a 10?": REVIEWS | {"min_rating": 10.0, "max_rating": 10.0},
    "films I've rated between 7 and 9": REVIEWS | {"min_rating": 7.0, "max_rating": 9.0},
    "show me all the westerns I rated at least 8": REVIEWS | {"genre": "western", "min_rating": 8.0},
    "how many reviews did I write last month?": REVIEWS | OCTOBER,
    "how many reviews do I have?": REVIEWS,
    "have I ever rated a western above 8?": REVIEWS | {"genre": "western", "min_rating": 8.1},
    "my average for Kurosawa?": AVERAGE | KUROSAWA,
    "my average in October": AVERAGE | OCTOBER,
    "what's my average rating?": AVERAGE,
    "what is my average rating for sci-fi from the 80s?": AVERAGE | {"genre": "science-fiction"} | THE_80S,
    "average rating of the westerns I've seen": AVERAGE | {"genre": "western"},
    "what do I rate Ridley Scott films on average?": AVERAGE | {"person": "Ridley Scott"},
    "what's my highest rated film of the 80s": HIGHEST | THE_80S,
    "whats the best horror film I've seen this year?": HIGHEST | {"genre": "horror"} | THIS_YEAR,
    "which film did I rate highest in October?": HIGHEST | OCTOBER,
    "my best rated films": HIGHEST,
    "my top 5 films of the 90s": HIGHEST | {"limit": 5} | THE_90S,
    "what are my top three films by Kurosawa?": HIGHEST | {"limit": 3} | KUROSAWA,
    "what's my favourite film with Al Pacino?": HIGHEST | {"person": "Al Pacino"},
    "what's the worst film I saw last year?": LOWEST | IN_2024,
    "what's my lowest rated western?": LOWEST | {"genre": "western"},
    # what most
    "which director do I watch most?": VIEWINGS | {"group_by": "director"},
    "which actor have I seen most often this year?": VIEWINGS | {"group_by": "actor"} | THIS_YEAR,
    "what's my most watched genre?": VIEWINGS | {"group_by": "genre"},
    "my most watched directors": VIEWINGS | {"group_by": "director"},
    "what genre do I rate highest?": AVERAGE | {"group_by": "genre"},
    "who is my favourite director?": AVERAGE | {"group_by": "director"},
    "which 3 films did I rate highest?": HIGHEST | {"limit": 3},
    "which three directors do I rate highest?": AVERAGE | {"group_by": "director", "limit": 3},
    "what's my average rating per decade?": AVERAGE | {"group_by": "decade"},
    "which genre do I rate lowest?": LOWEST | {"group_by": "genre"},
    "which weekday do I watch most on?": VIEWINGS | {"group_by": "weekday"},
    "what day of the week do I watch the most films?": VIEWINGS | {"group_by": "weekday"},
    "in which month did I watch the most films this year?": VIEWINGS | {"group_by": "month"} | THIS_YEAR,
    "which streaming service did I spend the most hours on?": HOURS | {"group_by": "source"},
    "which film have I watched most often?": VIEWINGS | {"group_by": "title"},
    "what have I seen most this year": VIEWINGS | {"group_by": "title"} | THIS_YEAR,
    "who do I watch films with most?": VIEWINGS | {"group_by": "context"},
    "where do I watch most films?": VIEWINGS | {"group_by": "source"},
    # when
    "when did I last watch Alien?": LAST | {"title": "Alien (1979)"},
    "When did I see The Matrix?": LAST | {"title": "The Matrix (1999)"},
    "when was the last time I watched a western?": LAST | {"genre": "western"},
    "when did I first see Blade Runner?": FIRST | {"title": "Blade Runner (1982)"},
    "how long ago did I watch Heat?": LAST | {"title": "Heat (1995)"},
    "what was the last film I saw at the cinema?": LAST | {"source": "Theater"},
    "what are the last three films I watched?": LAST | {"limit": 3},
    "what was the first film I watched this year?": FIRST | THIS_YEAR,
    # what, which, who, did I
    "what did I watch with Anna?": VIEWINGS | {"context": "Anna"},
    "what have I seen with Al Pacino?": VIEWINGS | {"person": "Al Pacino"},
    "what did I watch last month?": VIEWINGS | OCTOBER,
    "what did I watch on Netflix last month?": VIEWINGS | {"source": "Netflix"} | OCTOBER,
    "which westerns have I seen?": VIEWINGS | {"genre": "western"},
    "which films by Miyazaki have I seen": VIEWINGS | {"person": "Hayao Miyazaki"},
    "everything I watched with Anna this year": VIEWINGS | {"context": "Anna"} | THIS_YEAR,
    "who did I watch Alien with?": VIEWINGS | {"title": "Alien (1979)"},
    "where did I watch Heat?": VIEWINGS | {"title": "Heat (1995)"},
    "did I see any horror in November?": VIEWINGS | {"genre": "horror"} | NOVEMBER,
    "have I seen anything by David Lynch?": VIEWINGS | {"person": "David Lynch"},
    "have I seen Alien?": VIEWINGS | {"title": "Alien (1979)"},
    "did I finish Heat?": VIEWINGS | {"title": "Heat (1995)"},
    "have I watched any anime this month?": VIEWINGS | {"media_type": "anime"} | NOVEMBER,
    # plans
    "how many things are planned for December?": EVENTS | DECEMBER,
    "how many films have I planned?": EVENTS,
    "how many films are on my calendar for Friday?": EVENTS | {"since": "2025-11-28", "until": "2025-11-28"},
    "have I planned anything for December?": EVENTS | DECEMBER,
    # courtesies
    "Thanks! How many films did I see in October?": VIEWINGS | OCTOBER,
    "can you tell me how many films I watched in October please?": VIEWINGS | OCTOBER,
    "do you know when I last saw Alien?": LAST | {"title": "Alien (1979)"},
}

SPOKEN = {
    # how many, how often, how long
    "Total hours watched in October, please.": HOURS | OCTOBER,
    "hrs watched last month": HOURS | OCTOBER,
    "how many hrs did i waste on netflix this month": HOURS | {"source": "Netflix"} | NOVEMBER,
    "how many hours have i sat in front of the screen this month according to my diary": HOURS | NOVEMBER,
    "how much of my life have i spent watching kurosawa": HOURS | KUROSAWA,
    "how long did i watch in total last month": HOURS | OCTOBER,
    "um so how many movies did i watch like last month": VIEWINGS | OCTOBER,
    "I was just wondering, how many westerns have I actually seen?": VIEWINGS | {"genre": "western"},
    "would you happen to know how many films I saw in October": VIEWINGS | OCTOBER,
    "How much movies I watched in October?": VIEWINGS | OCTOBER,
    "how many films did i get through in october": VIEWINGS | OCTOBER,
    "Number of viewings in November so far?": VIEWINGS | NOVEMBER,
    "count up what i've seen since the first of november": VIEWINGS | {"since": "2025-11-01"},
    "what's the tally of viewings for this month": VIEWINGS | NOVEMBER,
    "what's my total for this month": VIEWINGS | NOVEMBER,
    "Akira Kurosawa - what's my tally so far": VIEWINGS | KUROSAWA,
    "kurosawa - what's my tally so far": VIEWINGS | KUROSAWA,
    "Count the films by Akira Kurosawa that I've seen": VIEWINGS | KUROSAWA,
    "Of Akira Kurosawa's work, how much have I seen? Just the number.": VIEWINGS | KUROSAWA,
    "how many times have i sat through the matrix now": VIEWINGS | {"title": "The Matrix (1999)"},
    "Number of times I've watched The Matrix, please.": VIEWINGS | {"title": "The Matrix (1999)"},
    "Such a Japanese kick lately! How many Japanese-language films have I got through this year?": VIEWINGS
    | {"language": "ja"}
    | THIS_YEAR,
    "how many films per month this year": VIEWINGS | {"group_by": "month"} | THIS_YEAR,
    "break down my viewings by genre": VIEWINGS | {"group_by": "genre"},
    "how often did i go to the cinema last month": VIEWINGS | {"source": "Theater"} | OCTOBER,
    # ratings
    "on average what do I give kurosawa": AVERAGE | KUROSAWA,
    "what's the mean of my scores for films from the 90s": AVERAGE | THE_90S,
    "what do I give films from the nineties on average?": AVERAGE | THE_90S,
    "yo whats the average i give to kubrick": AVERAGE | {"person": "Stanley Kubrick"},
    "avg rating for horror this year": AVERAGE | {"genre": "horror"} | THIS_YEAR,
    "my average rating by decade please": AVERAGE | {"group_by": "decade"},
    "october - highest rating?": HIGHEST | OCTOBER,
    "whats the highest i ever gave": HIGHEST,
    "show me my reviews from best to worst": HIGHEST,
    "my fave horror movies": HIGHEST | {"genre": "horror"},
    "give me my top five of this year": HIGHEST | {"limit": 5} | THIS_YEAR,
    "lowest score ive handed out this year": LOWEST | THIS_YEAR,
    "worst film i sat through this year?": LOWEST | THIS_YEAR,
    "which of my reviews are nines, nine and a halfs or tens": REVIEWS
    | {"min_rating": 9.0, "max_rating": 10.0},
    "list the titles that got 9/10 or better from me": REVIEWS | {"min_rating": 9.0},
    "anything i rated under 8/10": REVIEWS | {"max_rating": 7.9},
    "which ones did i rate above 8/10": REVIEWS | {"min_rating": 8.1},
    "which of the films i saw this year did i rate at least 8/10?": REVIEWS | {"min_rating": 8.0} | THIS_YEAR,
    "what got top marks from me": REVIEWS | {"min_rating": 10.0, "max_rating": 10.0},
    "which films did i score under 7": REVIEWS | {"max_rating": 6.9},
    "how many of my reviews are above 8": REVIEWS | {"min_rating": 8.1},
    "did i rate anything back in september": REVIEWS | {"since": "2025-09-01", "until": "2025-09-30"},
    "show me my reviews from october": REVIEWS | OCTOBER,
    "I'd be curious how many titles I have given a rating to in total": REVIEWS,
    # what most
    "Am I more of a Friday or a Sunday person? Which weekday has the most viewings?": VIEWINGS
    | {"group_by": "weekday"},
    "Am I more of a Friday or a Sunday person?": VIEWINGS | {"group_by": "weekday"},
    "on which weekday do I usually watch things?": VIEWINGS | {"group_by": "weekday"},
    "which month was my busiest": VIEWINGS | {"group_by": "month"},
    "what decade do most of my films come from": VIEWINGS | {"group_by": "decade"},
    "who's the director I've seen the most of": VIEWINGS | {"group_by": "director"},
    "most watched director last year": VIEWINGS | {"group_by": "director"} | IN_2024,
    "where do i watch mostly": VIEWINGS | {"group_by": "source"},
    # when
    "How long has it been since my last viewing of Groundhog Day?": LAST | {"title": "Groundhog Day (1993)"},
    "how many days since I last watched a western": LAST | {"genre": "western"},
    "Look up the last time I saw Groundhog Day, please.": LAST | {"title": "Groundhog Day (1993)"},
    "groundhog day - which date did i see it": LAST | {"title": "Groundhog Day (1993)"},
    "on what day did I watch Heat": LAST | {"title": "Heat (1995)"},
    "when was I last at the movies": LAST | {"source": "Theater"},
    "last cinema trip?": LAST | {"source": "Theater"},
    "last five diary entries pls": LAST | {"limit": 5},
    "What was the last film I watched? My memory, I tell you...": LAST,
    "When did I see my very first Kurosawa, and which one was it?": FIRST | KUROSAWA,
    "what was my first film of the year": FIRST | THIS_YEAR,
    "when did i start watching severance": FIRST | {"title": "Severance (2022)"},
    # what, which, did I
    "ok so random but did i ever watch groundhog day, and like, when was that": VIEWINGS
    | {"title": "Groundhog Day (1993)"},
    "have I seen Pulp Fiction already or not yet?": VIEWINGS | {"title": "Pulp Fiction (1994)"},
    "i forget, did we watch the matrix in november or not": VIEWINGS
    | {"title": "The Matrix (1999)"}
    | NOVEMBER,
    "did we watch anything on saturday": VIEWINGS | {"since": "2025-11-22", "until": "2025-11-22"},
    "so um what was it that i saw on disney plus": VIEWINGS | {"source": "Disney+"},
    "which movie did me and my mates see together": VIEWINGS | {"context": "Friends"},
    "things i started and never finished": VIEWINGS | {"completed": False},
    "what have i started and not finished": VIEWINGS | {"completed": False},
    "which films did I abandon this year": VIEWINGS | {"completed": False} | THIS_YEAR,
    "which ones did i fall asleep in": VIEWINGS | {"completed": False},
    "films watched with Anna last month": VIEWINGS | {"context": "Anna"} | OCTOBER,
    "films i never got to the end of": VIEWINGS | {"completed": False},
    "Which films I have seen more than one time?": VIEWINGS | {"rewatch": True},
    "which movies did i watch again in october": VIEWINGS | {"rewatch": True} | OCTOBER,
    "diary for last week please": VIEWINGS | {"since": "2025-11-17", "until": "2025-11-23"},
    "how many movies this year": VIEWINGS | THIS_YEAR,
    "hours of horror this year": HOURS | {"genre": "horror"} | THIS_YEAR,
    "would you count up all the documentaries i've watched?": VIEWINGS | {"media_type": "documentary"},
    "how are my ratings spread, how many of each?": REVIEWS | {"group_by": "rating"},
    "top 3 directors by number of films i've watched": VIEWINGS | {"group_by": "director", "limit": 3},
    "which film have i seen more often than any other?": VIEWINGS | {"group_by": "title"},
    "highest thing i rated last month": HIGHEST | OCTOBER,
    "average for Ridley Scott": AVERAGE | {"person": "Ridley Scott"},
    "my longest movie": LONGEST,
    "what's the longest film i've sat through this year?": LONGEST | THIS_YEAR,
    "shortest thing I've seen in october": LONGEST | {"measure": "shortest"} | OCTOBER,
    # plans
    "How many dates do I have down for December?": EVENTS | DECEMBER,
    "what's on my calendar in december": EVENTS | DECEMBER,
    "december - show me everything scheduled": EVENTS | DECEMBER,
    "Let me see next month's dates, please.": EVENTS | DECEMBER,
    "plans next wk?": EVENTS | {"since": "2025-12-01", "until": "2025-12-07"},
    "what've I got planned this weekend": EVENTS | {"since": "2025-11-29", "until": "2025-11-30"},
    "what's on this week?": EVENTS | {"since": "2025-11-24", "until": "2025-11-30"},
    "anything on this friday?": EVENTS | FRIDAY,
    "what am i doing fri": EVENTS | FRIDAY,
    "am i free friday night or is something on": EVENTS | FRIDAY,
    "What have I got on the fifth of December?": EVENTS | {"since": "2025-12-05", "until": "2025-12-05"},
    "is there something in the calendar for tomorrow already": EVENTS
    | {"since": "2025-11-27", "until": "2025-11-27"},
    "when is my next film night?": EVENTS | {"measure": "first"},
    # words that nobody foresaw, where they narrow nothing
    "Who is the director I come back to most often?": VIEWINGS | {"group_by": "director"},
    "my no. 1 director by viewings?": VIEWINGS | {"group_by": "director"},
    "whose films do i watch the most often, i mean which director": VIEWINGS | {"group_by": "director"},
    "Looking at my diary, what director turns up more than any other?": VIEWINGS | {"group_by": "director"},
    "is there an actor i watch a lot": VIEWINGS | {"group_by": "actor"},
    "which service do i use the most": VIEWINGS | {"group_by": "source"},
    "which genre gets my worst ratings": LOWEST | {"group_by": "genre"},
    "breakdown by genre for 2024": VIEWINGS | {"group_by": "genre"} | IN_2024,
    "how many films a month do i watch on average": VIEWINGS | {"group_by": "month"},
    "do i watch more on netflix or at the cinema": VIEWINGS | {"group_by": "source"},
    "genres i watch most": VIEWINGS | {"group_by": "genre"},
    "do we watch more on fridays or sundays": VIEWINGS | {"group_by": "weekday"},
    "do i watch more with my wife or alone": VIEWINGS | {"group_by": "context"},
    "Kurosawa: how many hours of my life has he had so far?": HOURS | KUROSAWA,
    "how much screen time this month": HOURS | NOVEMBER,
    "total runtime of everything i watched in november": HOURS | NOVEMBER,
    "What's the highest rating I have given so far, and to what?": HIGHEST,
    "what am i giving kurosawa on average": AVERAGE | KUROSAWA,
    "when was i last at the cinema and what did i see": LAST | {"source": "Theater"},
    "films longer than 2 hours I have seen": VIEWINGS | {"min_runtime": 120},
    "which of the films I've seen are under 90 minutes": VIEWINGS | {"max_runtime": 90},
    "how many films under 100 minutes have I rated above 8": REVIEWS | {"max_runtime": 100, "min_rating": 8.1},
    "have I watched more films this year than last year?": VIEWINGS
    | {"group_by": "year", "since": "2024-01-01", "until": "2025-12-31"},
    "did I watch more in October or November": VIEWINGS
    | {"group_by": "month", "since": "2025-10-01", "until": "2025-11-30"},
    "what was my best month for films": VIEWINGS | {"group_by": "month"},
    "how many five star films": REVIEWS | {"min_rating": 10.0, "max_rating": 10.0},
    "How many times did I sit down to watch something in October?": VIEWINGS | OCTOBER,
    "how far did I get with Heat that time": VIEWINGS | {"title": "Heat (1995)"},
    "what did I do last weekend": VIEWINGS | {"since": "2025-11-22", "until": "2025-11-23"},
    "anything after the 10th": EVENTS | {"since": "2025-12-11"},
    "did i watch anything with anna in october": VIEWINGS | {"context": "Anna"} | OCTOBER,
}
"""The same questions as people talk and type."""
QUESTIONS |= SPOKEN

NONE = [
    # statements that log, rate or plan
    "I watched 3 films by Kurosawa",
    "I watched Alien last night, 9/10",
    "I saw two films in October",
    "watched Heat with Anna on Friday",
    "rate Heat 8",
    "gave Alien a 9",
    "schedule The Matrix for Friday at 8pm",
    "the best film I've seen this year, 10/10",
    "The best film I've seen this year!",
    "my favourite film is Alien",
    "my average is far too low",
    "everything I watched with Anna was great",
    "I've seen Heat five times",
    "I rated three films above 8 this month",
    "log that I watched Alien in October",
    "I finished Breaking Bad",
    "I spent hours on Netflix",
    "hey, I watched a western on Friday",
    "so I saw some horror in October",
    "ok we watched everything by Kurosawa",
    "I watched a western on Friday?",
    "remind me to watch Alien on Friday",
    "remind me when I watch Alien",
    "when do I watch Heat?",
    "plan Heat for Friday",
    "plan something for next week",
    "something in spanish please",
    "put Heat in my calendar for Friday",
    "I gave Alien a 9, right?",
    "log Heat please, I watched it on Friday",
    "when is Heat?",
    # wishes for a recommendation
    "what should I watch tonight?",
    "what's the best horror film I haven't seen?",
    "recommend a western I haven't watched",
    "which films by Kurosawa should I see?",
    "what can I watch on Netflix?",
    "something like Alien",
    "what are the best films of the 80s?",
    "how many films should I watch this month?",
    "which Kurosawa would I like most?",
    "a short comedy for tonight",
    # facts of titles, people and the library
    "who directed Alien?",
    "how long is Heat?",
    "when did Alien come out?",
    "what is Alien rated?",
    "which films did Ridley Scott direct?",
    "how many films did Kurosawa make?",
    "how many westerns do I have?",
    "how many films are in my library?",
    "do I have anything with Al Pacino?",
    "what genres do you know?",
    "how many episodes does Breaking Bad have?",
    "what's the average rating of Alien?",
    "what's that film where a weatherman relives a day?",
    # what the tool cannot tell
    "show my reviews",
    "show me my calendar",
    "what's my second favourite film",
    "which films have I seen but not rated?",
    "did I watch more than 3 hours this week",
    "did I watch more in June or in October?",
    "which Kurosawa films haven't I seen?",
    "what's the average runtime of the films I've seen?",
    "how many films do I watch a week?",
    "how many films did I watch on weekends?",
    "how many long films did I watch?",
    "how many films did I watch after midnight?",
    "how many films did I see during the pandemic?",
    "which genre do I watch least?",
    "how many films did I watch after Heat?",
    "how many horror or comedy films did I see?",
    "how many weird westerns have I seen?",
    "what did I think of Alien?",
    "what did I rate Alien?",
    "what time did I watch Heat?",
    "which day did I watch the most films?",
    "how many films by this director have I seen?",
    "how many films by Xavier Quux have I seen?",
    "how many films with Al Pacino and Robert De Niro have I seen?",
    "have I seen Alien and Heat?",
    # others than the user, several things at once, small talk
    "how many films did my wife see this year?",
    "what did critics rate Alien?",
    "how many films did I see in October and what did I rate Heat?",
    "how many films did I see in October? And schedule Heat for Friday.",
    "I watched Heat. How many films is that this year?",
    "how many films did you log?",
    "what did I change?",
    "how are you?",
    "what can you do?",
    "how many presets do I have?",
    "what mashups did we make?",
    "delete my reviews from October",
    "undo the last three",
    "which one?",
    "thanks, good night!",
    "",
]


@pytest.mark.parametrize("words", QUESTIONS)
def test_a_question_over_the_diary(notes_of, read_library, words):
    assert read_question(notes_of(words), read_library) == QUESTIONS[words]


@pytest.mark.parametrize("words", NONE)
def test_words_that_are_none(notes_of, read_library, words):
    assert read_question(notes_of(words), read_library) is None


@pytest.mark.parametrize("words", QUESTIONS)
def test_the_tool_takes_what_was_read(notes_of, read_library, words):
    asked = read_question(notes_of(words), read_library)
    assert query_diary(read_library, **asked).summary


MEMORY = Memory(focus=["Heat (1995)"], listed=["Up (2009)", "Akira (1988)"])


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("how often have I seen it?", VIEWINGS | {"title": "Heat (1995)"}),
        ("when did I last watch that one?", LAST | {"title": "Heat (1995)"}),
        ("when did I watch the second one?", LAST | {"title": "Akira (1988)"}),
        ("have I seen that film?", VIEWINGS | {"title": "Heat (1995)"}),
    ],
)
def test_what_was_spoken_of_is_meant(notes_of, read_library, words, asked):
    assert read_question(notes_of(words, MEMORY), read_library) == asked


def test_without_it_the_words_say_too_little(notes_of, read_library):
    assert read_question(notes_of("how often have I seen it?"), read_library) is None


def test_a_surname_of_several_is_left_for_the_tool_to_ask(notes_of, read_library):
    asked = read_question(notes_of("my average for Wachowski?"), read_library)
    assert asked == AVERAGE | {"person": "Wachowski"}


@pytest.mark.parametrize(("company", "meant"), [("Kon", "person"), ("Wright", "context")])
def test_a_surname_that_the_diary_has_as_company_is_company(library, company, meant):
    library.log_viewing(title="Up", context="With Wright")
    asked = read_question(read_notes(f"what did I watch with {company}?", library, Memory()), library)
    assert set(asked) == {"of", "measure", meant}
