"""What is written: pages, their sections and languages, the glossary and the claims."""
