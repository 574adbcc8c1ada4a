"""All pages of all languages, read once."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.sources import languages, pages
from tools.sources.languages import Language
from tools.sources.pages import Page


@dataclass(frozen=True)
class Sources:
    """The pages by language and path."""

    root: Path
    languages: list[Language]
    pages: dict[str, dict[str, Page]]  # language code -> path in its folder -> page

    @classmethod
    def read(cls, root: Path) -> "Sources":
        found = languages.load(root)
        read = {
            language.code: {path: pages.read(language.folder / path) for path in language.pages()}
            for language in found
        }
        return cls(root, found, read)

    @cached_property
    def navigation(self) -> list[str]:
        """The paths that mkdocs.yml lists, in its order."""
        return languages.navigation(self.root)

    def find_page(self, path: str, code: str) -> Page | None:
        """Find the page that a reader of a language gets: its own or another language's."""
        shown = self.code_shown(path, code)
        return self.pages[shown][path] if shown else None

    def code_shown(self, path: str, code: str) -> str | None:
        """Find whose text that is; None if no language has the page."""
        others = [language.code for language in self.languages]
        return next((c for c in [code, *others] if path in self.pages[c]), None)

    def get_page(self, path: str, code: str) -> Page:
        """Find the same for a path that some language is known to have."""
        page = self.find_page(path, code)
        assert page is not None, path
        return page

    def link(self, path: str, page: str, language: Language) -> str:
        """Write a link from a page to another, by that one's title, in whatever language it is."""
        title = self.get_page(path, language.code).headings[0].text
        if language.code != (code := self.code_shown(path, language.code)) and code:
            title = languages.lang_span(title, code)
        return f"[{title}]({languages.relative_link(path, page)})"

    def paths(self) -> list[str]:
        """List the paths that any language has, in the order of the navigation."""
        every = {path for code in self.pages for path in self.pages[code]}
        listed = [path for path in self.navigation if path in every]
        return listed + sorted(every - set(listed))

    def language(self, code: str) -> Language:
        return next(language for language in self.languages if language.code == code)

    def file(self, path: str, code: str) -> str:
        """Name a page's file as findings do, whether it is there or not."""
        return (self.language(code).folder / path).relative_to(self.root).as_posix()
