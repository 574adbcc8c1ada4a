"""The theme, and the browser that shows it."""
