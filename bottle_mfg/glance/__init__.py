"""What the owner and everyone else see when they come in: the figures and charts of the workspace and the dashboard.

Each figure is that of a report, seen by whoever may run it, and a click leads there. Nothing is kept between two
looks: Frappe would keep it for the next user, too.
"""
