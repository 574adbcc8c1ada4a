"""docs/claims.yml: the claims, and their verdicts.

It holds once for all languages what is decided of each part of a claim, and by what; verdict and
strength follow from that. The words stand on the claim's page, claims/ID.md: its title is the
claim, and the first paragraph after the line <!-- generated: verdict ID --> is the answer in a
line, which the home page and the table of all claims repeat.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.project import files, yaml_file

FILE = Path("docs") / "claims.yml"
TABLE = "evidence/index.md"  # the page of all claims; the address TABLE#ID was a claim's once
SHOWN, REFUTED, UNDECIDED = DECISIONS = ("shown", "refuted", "undecided")
FIRST = "first"  # of home: a claim that the home page begins with
COUNTED = "counted"  # the ground of a part that is counted exactly, or proved


@dataclass(frozen=True)
class Claim:
    """What is decided of a claim, for all languages."""

    id: str
    parts: dict[str, dict[str, list[str]]]  # part -> decision -> what decides it
    run: list[str]  # sections that say how to run it, such as evidence/adding.py#run
    home: bool | str = False  # whether the home page has it, FIRST where it begins with it
    of_ten: frozenset[str] = frozenset()  # experiments under the rule, which asks for ten seeds

    @property
    def page(self) -> str:
        return page_of(self.id)

    @property
    def decisions(self) -> list[str]:
        """What is decided of each part, in order."""
        return [decision for part in self.parts.values() for decision in part]

    @property
    def verdict(self) -> str:
        return verdict(self.decisions)

    @property
    def strength(self) -> str:
        decided = (
            grounds
            for part in self.parts.values()
            for decision, grounds in part.items()
            if decision != UNDECIDED
        )
        return strength(decided, self.of_ten)


def page_of(claim_id: str) -> str:
    """Give the path of a claim's page, the same in every language."""
    return f"claims/{claim_id}.md"


def of_page(root: Path, path: str) -> Claim | None:
    """Find the claim that a page is about, whose file need not be read for any other page."""
    claim_id = Path(path).stem
    if path != page_of(claim_id):
        return None
    return next((claim for claim in load(root) if claim.id == claim_id), None)


def verdict(decisions: list[str]) -> str:
    """Derive a claim's verdict from what is decided of its parts."""
    if SHOWN in decisions:
        return "holds" if set(decisions) == {SHOWN} else "holds_in_part"
    return "does_not_hold" if REFUTED in decisions else "open"


def strength(decided: Iterable[list[str]], of_ten: frozenset[str] = frozenset()) -> str:
    """Derive how strong the evidence is: that for the decided part with the least behind it.

    An experiment of ten seeds has as much behind it as two of fewer, or two papers.
    """

    def rank(grounds: list[str]) -> int:
        if COUNTED in grounds:
            return 2
        return int(len(grounds) > 1 or not of_ten.isdisjoint(grounds))

    return ("weak", "moderate", "strong")[min(map(rank, decided), default=0)]


def load(root: Path) -> list[Claim]:
    """Read the claims in the order of the file; none where there is no file."""
    of_ten = files.names_under_rule(root)
    return [Claim(claim_id, **fields, of_ten=of_ten) for claim_id, fields in read(root).items()]


def read(root: Path) -> dict[str, Any]:
    """Read the file as it is written, whatever is wrong with it."""
    file = root / FILE
    return yaml_file.load(file) or {} if file.exists() else {}
