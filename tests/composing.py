"""Types as an input method does, which shows what it makes of the keys before it gives a text."""

# As Chrome says that it is on a phone, whose keyboards compose each word, also of Latin letters
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


def compose(page, *shown: str, given: str = "") -> None:
    """Show what is made of the keys so far, one text after the other, and give what it is to be."""
    typing = page.context.new_cdp_session(page)
    for text in shown:
        ends = {"selectionStart": len(text), "selectionEnd": len(text)}
        typing.send("Input.imeSetComposition", {"text": text, **ends})
    if given:
        typing.send("Input.insertText", {"text": given})
