"""What builds and checks the site."""
