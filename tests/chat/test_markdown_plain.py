"""Plain replies on the page: what was written is what is read."""

import re

import pytest

from chat.markdown import plain

LIST = "Similar to M*A*S*H (1970):\n1. Mission:Impossible [REC]\n2. Up\n\nFrom A: x - y\n- b"


def test_numbered_lists_stay_lists_and_titles_stay_titles() -> None:
    lines = plain(LIST).split("\n")
    assert lines[0] == r"Similar to M\*A\*S\*H (1970):  "
    assert lines[1] == r"1. Mission\:Impossible \[REC\]  "
    assert lines[-1] == r"\- b"


@pytest.mark.parametrize("length", range(len(LIST)))
def test_text_that_grows_keeps_its_beginning(length: int) -> None:
    settled = re.match(r"(?s).*\S(?=\s+\S)", LIST[:length])
    assert plain(LIST).startswith(plain(settled[0]) if settled else "")
