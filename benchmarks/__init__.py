"""What is measured: how fast documents are posted, corrected and reported, each as a ratio to a floor of the same run."""
