"""Events to the first waist: one ordered pass, the queries in order. Knows order, not meaning."""
