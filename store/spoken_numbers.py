"""Numbers in names as people say them: 2001 is "two thousand and one", 2049 "twenty forty nine"."""

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spoken(name: str) -> set[str]:
    """The ways to say a normalised name with a number in digits, up to 2099; empty for one without."""
    number = re.search(r"\b\d{1,4}\b", name)
    if not number:
        return set()
    return {name[: number.start()] + words + name[number.end() :] for words in _words(int(number[0]))}


def _words(number: int) -> set[str]:
    if number < 100:
        return {_below_hundred(number)}
    hundreds, rest = divmod(number, 100)
    if number < 1000:
        return _with_and(f"{_ONES[hundreds]} hundred", rest)
    if not 1100 <= number < 2100:
        return set()
    century = _below_hundred(hundreds)
    words = (
        {f"{century} {_below_hundred(rest)}" if rest > 9 else f"{century} oh {_ONES[rest]}"} if rest else set()
    )
    if hundreds < 20:
        return words | _with_and(f"{century} hundred", rest)
    return words | _with_and("two thousand", rest)


def _with_and(whole: str, rest: int) -> set[str]:
    return {f"{whole} and {_below_hundred(rest)}", f"{whole} {_below_hundred(rest)}"} if rest else {whole}


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f" {_ONES[ones]}" if ones else "")
