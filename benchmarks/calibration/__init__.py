"""Does the tool say what is true? Planted worlds, many times over, against the method's gates.

    python -m benchmarks.calibration                        # 2,000: docs/calibration.md, .json
    python -m benchmarks.calibration --ci --out "$work"     # 400: what CI runs; exit code 1: fails
    python -m benchmarks.calibration --only threshold --replications 100 --out build/look

    registry -> threshold, interruptions, coverage, excess, hits, bounds, decision and so on
                    |       what is planted, asked and gated
                  streams   work without a memory: the excess is what is planted, nothing else
                  planted   sessions whose five pointed places are known
                  logs      planted gaps and worlds through the product's own code
                  worlds    many worlds in one run, taken apart again
    runner          batches over all cores, kept as JSON so that a run can go on
    sources         which code a batch depends on: other code, other batches
    gates           band, figure, verdict
    page            docs/calibration.md and docs/calibration.json

`--resume` goes on where a run stopped, part by part (`--only`); a new part makes no old one draw
again. A part of the method that lands later brings a module of its own and one line in the
registry.
"""
