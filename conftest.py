"""Lets `pytest --codeblocks` collect the pages' Python blocks."""

pytest_plugins = ["tools.running.codeblocks", "tests.slow", "pytester"]
