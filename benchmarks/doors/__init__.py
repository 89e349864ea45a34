"""What `benchmarks/bench_doors.py` measures, a part a file."""
