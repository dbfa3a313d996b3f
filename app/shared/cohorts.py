"""Who we ask: the kinds of respondent, and the groups that are never added together."""

from enum import StrEnum


class Cohort(StrEnum):
    """What somebody is to the council (guide 1.3, R03)."""

    CHILD_IN_CARE = "child_in_care"
    CARE_LEAVER = "care_leaver"
    PARENT = "parent"
    CARER = "carer"


class Group(StrEnum):
    """A population of a board paper; groups are never summed."""

    CHILDREN_IN_CARE = "children_in_care"
    CARE_LEAVERS = "care_leavers"
    PARENTS_AND_CARERS = "parents_and_carers"


GROUP_OF = {
    Cohort.CHILD_IN_CARE: Group.CHILDREN_IN_CARE,
    Cohort.CARE_LEAVER: Group.CARE_LEAVERS,
    Cohort.PARENT: Group.PARENTS_AND_CARERS,
    Cohort.CARER: Group.PARENTS_AND_CARERS,
}


class AgeBand(StrEnum):
    """How old, as far as the product needs to know; ages 8–10 are asked on the web only (guide 3.5)."""

    EIGHT_TO_TEN = "8-10"
    ELEVEN_TO_SEVENTEEN = "11-17"
    EIGHTEEN_AND_OVER = "18+"


GROUP_LABELS = {
    Group.CHILDREN_IN_CARE: "Children in care",
    Group.CARE_LEAVERS: "Care leavers",
    Group.PARENTS_AND_CARERS: "Parents and carers",
}
