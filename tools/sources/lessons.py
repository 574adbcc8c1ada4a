"""The lessons: the pages that ask for a lesson's box, in the order of the navigation."""

from dataclasses import dataclass

from tools.project.errors import UserError
from tools.sources import pages
from tools.sources.markers import requests
from tools.sources.pages import Page
from tools.sources.sources import Sources

BOX, NEXT, OUTLINE = "lesson", "next", "lessons"  # what a page may ask for
WITHOUT_MINUTES = (
    "a lesson says how long its reading takes; add 'minutes: 10' between the two --- at the top"
)


@dataclass(frozen=True)
class Lesson:
    """A page on the way through: its place, and the minutes that its reading takes."""

    path: str
    number: int
    minutes: int

    @property
    def id(self) -> str:
        """By which a reader's browser remembers it, in whatever language it was read."""
        return self.path.removesuffix(".md")


def asks(page: Page, name: str) -> bool:
    return any(asked == name for _, asked, _ in requests(page))


def minutes(page: Page) -> int | None:
    """Read what a page's head says of its reading; raises UserError for a head with a fault."""
    return pages.front_matter(page.path).get("minutes")


def load(sources: Sources) -> list[Lesson]:
    """Read the lessons in their order; raises UserError for one without its minutes."""
    found: list[Lesson] = []
    for path in sources.navigation:
        page = sources.find_page(path, sources.languages[0].code)
        if page and asks(page, BOX):
            if not (given := minutes(page)):
                raise UserError(WITHOUT_MINUTES, page.path)
            found.append(Lesson(path, len(found) + 1, given))
    return found
