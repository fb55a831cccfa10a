"""Counting tokens: exact with a vocabulary, honest without, never waiting."""

from __future__ import annotations

import threading

import pytest

from chatrec.language.tokens import TokenCounter, approximate_tokens, encoding_name


class WordEncoding:
    """One token a word."""

    def encode_ordinary(self, text: str) -> list[int]:
        return [len(word) for word in text.split()]


def test_count_is_exact_once_the_vocabulary_is_there() -> None:
    counter = TokenCounter(WordEncoding)
    assert counter.wait()
    count = counter.count("one two three")
    assert (count.tokens, count.approximate) == (3, False)


def test_count_does_not_wait_for_a_vocabulary_that_never_arrives() -> None:
    release = threading.Event()

    def load() -> WordEncoding:
        release.wait(20)
        return WordEncoding()

    counter = TokenCounter(load, deadline=0.05)
    count = counter.count("x" * 40)
    assert (count.tokens, count.approximate) == (10, True)
    assert not counter.wait()
    release.set()


def test_vocabulary_after_the_deadline_is_left_unused() -> None:
    release, loaded = threading.Event(), threading.Event()

    def load() -> WordEncoding:
        release.wait(20)
        loaded.set()
        return WordEncoding()

    counter = TokenCounter(load, deadline=0.02)
    assert not counter.wait()
    threading.Event().wait(0.05)
    release.set()
    assert loaded.wait(5)
    threading.Event().wait(0.02)
    assert counter.count("one two three").approximate


@pytest.mark.parametrize("error", [ConnectionError("refused"), ValueError("damaged"), ImportError("absent")])
def test_failing_download_leaves_the_approximation(error: Exception) -> None:
    def load() -> WordEncoding:
        raise error

    counter = TokenCounter(load)
    assert not counter.wait()
    assert counter.count("four").approximate


def test_vocabulary_is_loaded_once() -> None:
    loads = []

    def load() -> WordEncoding:
        loads.append(1)
        return WordEncoding()

    counter = TokenCounter(load)
    counter.wait()
    for _ in range(5):
        counter.count("a b")
    assert len(loads) == 1


def test_messages_cost_their_frames() -> None:
    counter = TokenCounter(WordEncoding)
    counter.wait()
    assert counter.count_messages(["a b", "c"]).tokens == (2 + 3) + (1 + 3) + 3


def test_approximation_counts_other_scripts_higher_than_english() -> None:
    assert approximate_tokens("a quiet film about a family") == 7
    assert approximate_tokens("家族についての静かな映画") > 7
    assert approximate_tokens("") == 0


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("gpt-5-mini", "o200k_base"),
        ("gpt-4.1-nano-2025-04-14", "o200k_base"),
        ("openai/gpt-4o", "o200k_base"),
        ("ft:gpt-4o-mini:me", "o200k_base"),
        ("o3", "o200k_base"),
        ("gpt-4-turbo", "cl100k_base"),
        ("gpt-3.5-turbo", "cl100k_base"),
        ("gpt-oss:20b", "o200k_harmony"),
        ("claude-sonnet-4-5", ""),
        ("olmo", ""),
        ("mistral", ""),
        ("tiny", ""),
    ],
)
def test_encoding_is_the_models_own(model: str, encoding: str) -> None:
    assert encoding_name(model) == encoding


def test_no_other_host_is_asked_for_a_model_with_a_vocabulary_of_its_own() -> None:
    before = threading.active_count()
    counter = TokenCounter.for_model("mistral-small")
    assert not counter.wait()
    assert counter.count("four").approximate
    assert threading.active_count() == before


def test_counting_never_waits_for_the_download(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    asked: list[str] = []

    def get_encoding(name: str) -> WordEncoding:
        asked.append(name)
        release.wait(20)
        return WordEncoding()

    monkeypatch.setattr("tiktoken.get_encoding", get_encoding)
    counter = TokenCounter.for_model("gpt-4o")
    counter.start()
    assert counter.count("one two three").approximate
    release.set()
    assert counter.wait()
    assert (counter.count("one two three").tokens, asked) == (3, ["o200k_base"])
