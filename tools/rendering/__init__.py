"""From Markdown to HTML: what a page asks for, formulas, drawings, definitions, notices."""
