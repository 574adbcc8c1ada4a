"""`python -m tools.checks`: what stops a build of the site in the current folder."""

from tools.checks import suite
from tools.project import errors

if __name__ == "__main__":
    errors.run(suite.main)
