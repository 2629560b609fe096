"""Does the tool say what is true? Planted worlds, many times over, against the method's gates.

    python -m benchmarks.calibration                        # 2,000: docs/calibration.md, .json
    python -m benchmarks.calibration --ci --out "$work"     # 400: what CI runs; exit code 1: fails
    python -m benchmarks.calibration --only threshold --replications 100 --out /tmp/look

    registry -> threshold, interruptions, coverage    what is planted, asked and gated
                    |
                  logs      planted gaps and worlds through the product's own code
    runner          batches over all cores, kept as JSON so that a run can go on
    gates           band, figure, verdict
    page            docs/calibration.md and docs/calibration.json

A part of the method that lands later brings a module of its own and one line in the registry.
"""
