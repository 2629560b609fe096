"""A randomized trial: assignments, trust checks, effects, and the plan of a trial."""
