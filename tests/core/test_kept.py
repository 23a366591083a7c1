"""What is kept under a stamp, and when it is made anew."""

from campaign.core.kept import Shelf


def _maker(made):
    def make():
        made.append(len(made) + 1)
        return made[-1]

    return make


def test_under_one_stamp_a_value_is_made_once():
    shelf, made = Shelf(5), []
    assert [shelf.take("a", "k", _maker(made)) for _ in range(3)] == [1, 1, 1]


def test_another_stamp_makes_it_anew():
    shelf, made = Shelf(5), []
    assert [shelf.take(stamp, "k", _maker(made)) for stamp in ("a", "b", "b", "a")] == [1, 2, 2, 3]


def test_without_a_stamp_nothing_is_kept():
    shelf, made = Shelf(5), []
    assert [shelf.take("", "k", _maker(made)) for _ in range(2)] == [1, 2]


def test_a_full_shelf_begins_again():
    shelf, made = Shelf(2), []
    assert [shelf.take("a", key, _maker(made)) for key in (1, 2, 1, 3, 3, 1)] == [1, 2, 1, 3, 3, 4]


def _each(asked):
    def make(keys):
        asked.append(list(keys))
        return {key: key * 10 for key in keys if key != 3}

    return make


def test_of_many_only_those_that_are_not_there_are_made_and_what_does_not_exist_is_left_out():
    shelf, asked = Shelf(5), []
    found = [shelf.take_each("a", keys, _each(asked)) for keys in ([1, 2], [2, 3], [2, 1])]
    assert (found, asked) == ([{1: 10, 2: 20}, {2: 20}, {2: 20, 1: 10}], [[1, 2], [3]])


def test_of_many_under_another_stamp_or_none_all_are_made_anew():
    shelf, asked = Shelf(5), []
    for stamp in ("a", "b", "", ""):
        shelf.take_each(stamp, [1], _each(asked))
    assert asked == [[1]] * 4
