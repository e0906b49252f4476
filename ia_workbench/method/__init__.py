"""Words of the method that both stores speak: what evidence says of a finding, and how far a finding carries.

Values only. What one store alone needs stays with it: a finding's stages with `findings`, members' positions with
`publication`. Kinds and families of sources are told twice on purpose: readers know fewer of the first and more of the
second than the team's own counting does.
"""

from ia_workbench.method.rules import LinkRole, ShownAs, Stance, Strength

__all__ = ["LinkRole", "ShownAs", "Stance", "Strength"]
