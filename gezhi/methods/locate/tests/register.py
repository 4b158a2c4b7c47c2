"""A small register for the tests: every way of numbering once, and names that are easily mistaken."""

from itertools import count

from gezhi.methods.locate import Entry, Gazetteer


class Town:
    """Entries by a readable path: `town["锦绣花园/3栋/2单元/1504"]` is an id."""

    def __init__(self):
        self.entries = []
        self.ids = {}
        self._numbers = count(1)

    def __getitem__(self, path):
        return self.ids[path]

    def add(self, path, kind, address="", aliases=()):
        above, _slash, name = path.rpartition("/")
        place = next(self._numbers)
        parent = self.ids[above] if above else None
        self.entries.append(Entry(place, kind, name.split("@")[0], parent, aliases, address))
        self.ids[path] = place

    def compound(self, path, buildings, address=""):
        self.add(path, "compound", address)
        for building in buildings:
            self.add(f"{path}/{building}", "building")
            for unit in ("1单元", "2单元"):
                self.add(f"{path}/{building}/{unit}", "stairwell")
                for room in ("101", "102", "302", "1504"):
                    self.add(f"{path}/{building}/{unit}/{room}", "dwelling")

    def gazetteer(self):
        return Gazetteer(self.entries)


def town():
    """Roads, compounds numbered in several ways, two of one name, a village, a school."""
    made = Town()
    for road in ("梧桐路", "迎晖一巷", "迎晖二巷", "米市三巷"):
        made.add(road, "road")
    made.compound("锦绣花园", ("1栋", "2栋", "3栋"), "成都市锦江区梧桐路12号")
    made.compound("锦秀花园", ("1栋", "3栋"))
    made.compound("翡翠公馆", ("A区3栋", "B区3栋"))
    made.compound("橡树城", ("A座", "B座"))
    made.compound("望江家园一期", ("1栋", "2栋"))
    made.compound("望江家园二期", ("1栋", "2栋", "5栋"))
    made.compound("幸福家园", ("1栋",), "成都市锦江区迎晖一巷8号")
    made.compound("幸福家园@2", ("1栋",), "成都市锦江区迎晖二巷9号")
    made.compound("米市三巷11号院", ("1栋",), "成都市锦江区米市三巷11号")
    made.add("印刷厂宿舍", "compound", aliases=("红砖楼",))
    made.add("印刷厂宿舍/1栋", "building")
    made.add("印刷厂宿舍/1栋/301", "dwelling")
    made.add("凤凰村", "compound")
    made.add("凤凰村/5组", "building")
    made.add("凤凰村/5组/12号", "dwelling")
    made.add("双槐小学", "facility", "成都市锦江区迎晖二巷3号")
    return made
