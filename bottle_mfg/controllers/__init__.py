"""What the documents of the app share."""
