"""What the tests of one recipe share: its script in a short run, and its record, by their NAME."""

import pytest

import recipes
from tests import recipes as texts


@pytest.fixture(scope="module")
def script(request):
    name = request.module.NAME
    return recipes.load(name, **recipes.SHORT[name])


@pytest.fixture
def record(request):
    """Read anew for each test, which may take things out of it."""
    return texts.record(request.module.NAME)
