"""What the setting means, and what doctor is told, without loading a model."""

import pytest
from fake_ollama import FakeOllama
from fake_openai import FakeOpenAI
from fake_server import unused_url

from agent.backends import choose_backend, describe_backend
from store.errors import Invalid, Unavailable


@pytest.fixture(autouse=True)
def no_packages(monkeypatch, tmp_path):
    """The built-in model cannot be fetched here, so choosing it shows as that sentence."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))


@pytest.mark.parametrize(
    "setting",
    ["", "gpt", "embedded:x", "auto:x", "ollama:", "openai", "openai:", "openai:http://h/v1", "openai:h/v1#m"],
)
@pytest.mark.parametrize("act", [choose_backend, describe_backend])
def test_a_malformed_setting_names_the_allowed_forms(configured, setting, act):
    with pytest.raises(Invalid, match=r"ollama:<model> or openai:<base_url>#<model>"):
        act(configured(backend=setting))


def test_auto_takes_ollama_when_it_has_the_model(fake_ollama, configured):
    assert choose_backend(configured(ollama_url=fake_ollama.url)).name == "ollama/qwen2.5:3b"


def test_auto_pulls_the_model(configured):
    with FakeOllama(models=(), pullable=("qwen2.5:3b",)) as server:
        assert choose_backend(configured(ollama_url=server.url)).name == "ollama/qwen2.5:3b"


def test_auto_says_that_the_pull_failed_and_turns_to_the_built_in_model(configured):
    said = []
    with FakeOllama(models=()) as server, pytest.raises(Unavailable, match="built-in model"):
        choose_backend(configured(ollama_url=server.url), lambda sentence, _: said.append(sentence))
    assert any("could not fetch qwen2.5:3b" in line and "is used instead" in line for line in said)


def test_auto_turns_to_the_built_in_model_without_ollama(configured):
    with pytest.raises(Unavailable, match=r"The built-in model cannot be fetched .*install Ollama"):
        choose_backend(configured(ollama_url=unused_url()))


def test_auto_is_not_fooled_by_another_server(fake_openai, configured):
    with pytest.raises(Unavailable, match="built-in model"):
        choose_backend(configured(ollama_url=fake_openai.url))


def test_ollama_when_asked_for_does_not_fall_back(configured):
    with pytest.raises(Unavailable, match="ollama serve"):
        choose_backend(configured(backend="ollama", ollama_url=unused_url()))


def test_ollama_with_a_model_of_its_own(configured):
    with FakeOllama(models=("llama3.2:1b",)) as server:
        settings = configured(backend="ollama:llama3.2:1b", ollama_url=server.url)
        assert choose_backend(settings).name == "ollama/llama3.2:1b"


def test_openai(fake_openai, configured):
    backend = choose_backend(configured(backend=f"openai:{fake_openai.base_url}#qwen"))
    assert (backend.name, backend.model.invoke("Hi").text) == ("openai/qwen", "Hello.")


def test_doctor_on_ollama_that_has_the_model(fake_ollama, configured):
    report = describe_backend(configured(ollama_url=fake_ollama.url))
    assert (report.used, report.ready) == ("ollama/qwen2.5:3b", True)
    assert not fake_ollama.asked("/api/chat")


def test_doctor_on_ollama_that_lacks_the_model_pulls_nothing(configured):
    with FakeOllama(models=(), pullable=("qwen2.5:3b",)) as server:
        report = describe_backend(configured(ollama_url=server.url))
        assert not server.asked("/api/pull")
    assert not report.ready and "It has no qwen2.5:3b yet; a start fetches it." in report.findings


def test_doctor_without_ollama(configured):
    report = describe_backend(configured(ollama_url=unused_url()))
    assert report.used == "embedded/qwen2.5-coder-1.5b-instruct-q4_k_m" and not report.ready
    assert [line.split()[0] for line in report.findings] == ["No", "The"]


def test_doctor_on_embedded(configured):
    report = describe_backend(configured(backend="embedded"))
    assert report.findings == ["The built-in model is not here yet; a start fetches 1.1 GB."]


def test_doctor_on_ollama_that_is_down(configured):
    report = describe_backend(configured(backend="ollama", ollama_url=unused_url()))
    assert not report.ready and report.findings[0].startswith("No Ollama answers")


def test_doctor_on_openai(configured):
    with FakeOpenAI(key="secret") as server:
        setting = f"openai:{server.base_url}#qwen"
        refused = describe_backend(configured(backend=setting))
        taken = describe_backend(configured(backend=setting, openai_api_key="secret"))
    gone = describe_backend(configured(backend=setting))
    assert (refused.ready, taken.ready, gone.ready) == (False, True, False)
    assert "key" in refused.findings[0] and gone.findings[0].startswith("No server answers")
