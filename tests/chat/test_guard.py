"""Every row of the attack table, against the real application over real HTTP."""

import http.client
import re
from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from chat.guard import MAX_BODY

EVIL = "http://evil.example"
SOCKET = "/ws/socket.io/?EIO=4&transport=websocket"


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()


def ask(port: int, method: str, path: str, body: object = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {"Host": f"localhost:{port}", **named})  # type: ignore[arg-type]
        return Answer(connection.getresponse())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def cookie(port: int) -> str:
    answer = ask(port, "POST", "/auth/header", "{}", Origin=f"http://localhost:{port}")
    assert answer.status == 200
    found = re.match(r"xilften_session=[^;]+", answer.headers["set-cookie"])
    assert found and "HttpOnly" in answer.headers["set-cookie"]
    return found.group()


def test_own_page_works(port: int, cookie: str) -> None:
    origin = f"http://localhost:{port}"
    answer = ask(
        port,
        "POST",
        "/project/threads",
        '{"pagination": {"first": 5}, "filter": {}}',
        Origin=origin,
        Cookie=cookie,
        Content_Type="application/json",
    )
    assert answer.status == 200
    with connect(f"ws://localhost:{port}{SOCKET}", origin=origin, additional_headers={"Cookie": cookie}) as ws:  # type: ignore[arg-type]
        assert str(ws.recv(timeout=10)).startswith("0{")


def test_program_on_this_machine_works(port: int) -> None:
    answer = ask(port, "GET", "/health")
    assert answer.status == 200
    assert '"model_ready":true' in answer.text and '"backend":"scripted"' in answer.text
    assert ask(port, "POST", "/auth/header", "{}").status == 200


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_own_names_are_answered(port: int, name: str) -> None:
    assert ask(port, "GET", "/health", Host=f"{name}:{port}").status == 200


@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "localhost:1", "localhost", "127.0.0.1.evil.example:{port}", ""]
)
def test_rebound_name_is_refused(port: int, host: str) -> None:
    assert ask(port, "GET", "/health", Host=host.format(port=port)).status == 403


def foreign_origins(port: int) -> Iterator[str]:
    yield from (
        EVIL,
        "http://localhost:3000",
        "null",
        f"https://localhost:{port}",
        f"http://localhost:{port}.evil",
    )


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/project/settings"), ("POST", "/project/threads"), ("POST", "/login"), ("POST", "/auth/header")],
)
def test_foreign_page_is_refused(port: int, cookie: str, method: str, path: str, number: int) -> None:
    origin = list(foreign_origins(port))[number]
    answer = ask(port, method, path, "{}" if method == "POST" else None, Origin=origin, Cookie=cookie)
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("number", range(5))
def test_foreign_websocket_is_refused(port: int, cookie: str, number: int) -> None:
    origin = list(foreign_origins(port))[number]
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://localhost:{port}{SOCKET}", origin=origin, additional_headers={"Cookie": cookie})  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403


def test_polling_session_of_a_foreign_page_is_refused(port: int) -> None:
    path = "/ws/socket.io/?EIO=4&transport=polling"
    assert ask(port, "GET", path, Origin=EVIL).status == 403
    assert ask(port, "GET", path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403


def test_cross_site_form_without_origin_is_refused(port: int) -> None:
    for site in ("cross-site", "same-site"):
        answer = ask(port, "POST", "/login", "username=a", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate")
        assert answer.status == 403


def test_cookie_without_origin_is_refused(port: int, cookie: str) -> None:
    assert ask(port, "POST", "/project/threads", "{}", Cookie=cookie).status == 403
    with pytest.raises(InvalidStatus):
        connect(f"ws://localhost:{port}{SOCKET}", additional_headers={"Cookie": cookie})


def test_link_from_elsewhere_opens_the_page(port: int) -> None:
    answer = ask(port, "GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
    assert answer.status == 200


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/docs/", "/DOCS", "/docs/oauth2-redirect"]
)
def test_documentation_pages_are_closed(port: int, path: str) -> None:
    answer = ask(port, "GET", path)
    assert answer.status == 404
    assert "swagger" not in answer.text.lower()


@pytest.mark.parametrize(
    "path",
    ["/public/../page.key", "/public/%2e%2e/page.key", "/public/..%2f..%2fpage.key", "/avatars/..%2fpage"],
)
def test_files_outside_are_not_served(port: int, path: str) -> None:
    answer = ask(port, "GET", path)
    assert answer.status >= 400 or "<!doctype html>" in answer.text


def test_large_body_is_refused(port: int) -> None:
    assert ask(port, "POST", "/login", b"x" * (MAX_BODY + 1)).status == 413


def test_declared_length_alone_is_refused_before_it_is_sent(port: int) -> None:
    assert ask(port, "POST", "/login", b"", Content_Length=str(600 * 1024 * 1024)).status == 413


def test_large_chunked_body_is_refused(port: int) -> None:
    chunks = (b"x" * 65536 for _ in range(MAX_BODY // 65536 + 1))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/login", chunks, {"Host": f"localhost:{port}"}, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_endless_body_is_cut_off(port: int) -> None:
    chunks = (b"x" * 65536 for _ in range(20 * MAX_BODY // 65536))
    try:
        status = ask(port, "POST", "/login", chunks).status
    except ConnectionError:
        return  # refused while it was still being sent
    assert status == 413


def test_small_chunked_body_arrives(port: int) -> None:
    answer = ask(port, "POST", "/auth/jwt", iter([b"{", b"}"]))
    assert answer.status == 401  # it reached the page, which misses a token


@pytest.mark.parametrize("path", ["/", "/health", "/public/xilften.css", "/no/such/page", "/docs"])
def test_headers_are_on_every_answer(port: int, path: str) -> None:
    headers = ask(port, "GET", path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert "unsafe" not in re.search(r"script-src [^;]*", policy).group()  # type: ignore[union-attr]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_page_names_no_other_host(port: int) -> None:
    assert not re.search(r"https?://", ask(port, "GET", "/").text)
