"""What tests of several experiments share."""

import numpy as np
import pytest

import text_sizes
import texts


@pytest.fixture
def small_text(monkeypatch):
    """A short text in place of a real one, with something in it to learn."""
    rng = np.random.default_rng(0)
    parts = [(np.arange(n) % 7 + rng.integers(0, 2, n)).astype(np.uint8) for n in (4000, 900, 900)]
    documents = np.arange(900) // 100
    text = texts.Text(*parts, "abcdefgh", "drawn", documents, documents)
    monkeypatch.setattr(texts, "load", lambda name: text)
    text_sizes.parts.cache_clear()
    yield
    text_sizes.parts.cache_clear()
