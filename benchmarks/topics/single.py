"""The opponent: single link on character n-grams with scikit-learn, the usual first idea."""

from collections.abc import Sequence

from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from gezhi.methods.resemble.topics import TopicReport


def single_link(reports: Sequence[TopicReport], bar: float) -> list[set[int]]:
    """Groups of ids chained by pairs whose cosine (2-3-grams, subject twice) reaches the bar."""
    texts = [report.text.partition("\n")[0] + "\n" + report.text for report in reports]
    table = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), min_df=3).fit_transform(texts)
    likeness = (table @ table.T).tocoo()
    close = likeness.data >= bar
    graph = coo_matrix(
        (likeness.data[close], (likeness.row[close], likeness.col[close])), shape=likeness.shape
    )
    _, label = connected_components(graph, directed=False)
    groups: dict[int, set[int]] = {}
    for report, number in zip(reports, label, strict=True):
        groups.setdefault(int(number), set()).add(report.id)
    return list(groups.values())
