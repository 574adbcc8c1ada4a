"""What is looked at before a build."""
