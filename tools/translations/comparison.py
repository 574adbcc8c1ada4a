"""What must be equal between languages and is not: structure, numbers, definitions, terms."""

from tools.project.errors import UserError
from tools.sources.findings import Finding
from tools.translations import definitions, parity, terms
from tools.translations.overview import Overview


def check(overview: Overview) -> list[Finding]:
    """Find what the ledger, the structure of the pages and the glossary speak against."""
    try:
        return [
            *overview.ledger.findings,
            *parity.check(overview),
            *definitions.check(overview),
            *terms.check(overview),
        ]
    except UserError as error:
        return [Finding.of(error)]
