"""The project as a folder: its files, its git, its commands and its addresses."""
