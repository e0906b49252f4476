"""The words that both stores speak are the contract's, and each store's front door gives the same ones."""

from ia_workbench import findings, method, publication


def test_the_words_are_those_that_scripts_rely_on() -> None:
    assert [each.value for each in method.Stance] == ["supports", "contradicts", "complicates"]
    assert [each.value for each in method.LinkRole] == ["happens", "produced-by", "impact", "counter"]
    assert [each.value for each in method.Strength] == ["established", "emerging", "thin"]


def test_findings_and_packages_speak_the_same_words() -> None:
    for name in method.__all__:
        assert getattr(findings, name) is getattr(publication, name) is getattr(method, name)
