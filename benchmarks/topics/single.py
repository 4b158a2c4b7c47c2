"""The opponent: single link on character n-grams with scikit-learn, the usual first idea."""

from collections.abc import Sequence

from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from gezhi.methods.resemble.topics import Voice


def single_link(voices: Sequence[Voice], bar: float) -> list[set[int]]:
    """Groups of ids chained by pairs whose cosine (2-3-grams, subject twice) reaches the bar."""
    texts = [voice.text.partition("\n")[0] + "\n" + voice.text for voice in voices]
    table = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), min_df=3).fit_transform(texts)
    likeness = (table @ table.T).tocoo()
    close = likeness.data >= bar
    graph = coo_matrix(
        (likeness.data[close], (likeness.row[close], likeness.col[close])), shape=likeness.shape
    )
    _, label = connected_components(graph, directed=False)
    groups: dict[int, set[int]] = {}
    for voice, number in zip(voices, label, strict=True):
        groups.setdefault(int(number), set()).add(voice.id)
    return list(groups.values())
