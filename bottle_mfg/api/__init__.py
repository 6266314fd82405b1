"""Methods for integrators, one module for each version."""
