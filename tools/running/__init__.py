"""What is run: snippets, notebooks and experiments, and what is shown of them."""
