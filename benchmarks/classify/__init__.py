"""`gezhi.methods.classify` measured on real messages, beside a plain scikit-learn pipeline.

    python -m benchmarks.classify               # both, on five folds: a Markdown table
    python -m benchmarks.classify --new-class   # a label learnt from 50 corrected examples
    python -m benchmarks.classify --kinds       # the five kinds of 12345 requests

Near-duplicates do not cross the folds, and nothing is chosen on the part that tests. The data
lie beside the project; where they are absent it says so and ends well.
"""
