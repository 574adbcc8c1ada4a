"""No address that was published is lost."""

from tests.sources import LANGUAGES, ROOT
from tools.checks import permalinks
from tools.sources import redirects


def test_every_published_address_is_there_or_leads_on(site):
    kept, built = permalinks.read(ROOT / permalinks.FILE), permalinks.of_site(site)
    prefixes = [language.prefix for language in LANGUAGES.values()]
    assert list(permalinks.lost(kept, built, redirects.load(ROOT), prefixes)) == []
