"""Brings blocks of code into view, where each gets its button to copy."""


def give(page, blocks: str) -> None:
    """Scroll to each block that a selector finds and that can be seen, until it has its button."""
    for block in page.locator(blocks).all():
        if block.is_visible():
            block.scroll_into_view_if_needed()
            block.locator("[data-md-type=copy]").wait_for(state="attached")
