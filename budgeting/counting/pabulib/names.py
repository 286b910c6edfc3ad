"""The names of the format: sections, keys of META, columns (pabulib.org/format, April 2026)."""

SECTIONS = ("META", "PROJECTS", "VOTES")

VOTE_TYPES = ("approval", "choose-1", "ordinal", "cumulative", "scoring")

# A cost that stands for "withdrawn after the vote began": never affordable, but no reason to stop.
WITHDRAWN_COST = 999_999_999

# Without these nothing can be counted. The others that the format demands are missed with a warning.
NEEDED_KEYS = ("budget", "vote_type")
DEMANDED_KEYS = (
    "description",
    "country",
    "unit",
    "instance",
    "num_projects",
    "num_votes",
    "rule",
    "date_begin",
    "date_end",
)

# In the order in which they are written.
META_KEYS = (
    "description",
    "country",
    "unit",
    "district",
    "subunit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
    "min_length",
    "max_length",
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "default_score",
    "scoring_fn",
    "min_project_cost",
    "max_project_cost",
    "min_project_score_threshold",
    "neighborhoods",
    "subdistricts",
    "categories",
    "edition",
    "language",
    "currency",
    "fully_funded",
    "experimental",
    "comment",
    "acknowledgments",
    "leftover_budget",
    "budget_per_category",
    "budget_per_neighborhood",
    "min_length_per_category",
    "max_length_per_category",
    "min_sum_cost_per_category",
    "max_sum_cost_per_category",
)
PROJECT_COLUMNS = (
    "project_id",
    "cost",
    "votes",
    "score",
    "name",
    "category",
    "beneficiaries",
    "selected",
    "neighborhood",
    "subunit",
    "district",
    "description",
    "proposer",
    "public_id",
    "latitude",
    "longitude",
)
VOTE_COLUMNS = (
    "voter_id",
    "vote",
    "points",
    "age",
    "sex",
    "voting_method",
    "district",
    "neighborhood",
    "education",
)
# Renamed by the library in April 2026.
RENAMED_PROJECT_COLUMNS = {"target": "beneficiaries"}

AMOUNT_KEYS = ("budget", "min_sum_cost", "max_sum_cost", "min_project_cost", "max_project_cost")
COUNT_KEYS = ("num_projects", "num_votes", "min_length", "max_length")
NUMBER_KEYS = (
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "default_score",
    "min_project_score_threshold",
)
# One number for each of `categories` (`neighborhoods`), or one for all of them.
AMOUNT_LIST_KEYS = (
    "budget_per_category",
    "budget_per_neighborhood",
    "min_sum_cost_per_category",
    "max_sum_cost_per_category",
)
COUNT_LIST_KEYS = ("min_length_per_category", "max_length_per_category")
BALLOT_LIST_KEYS = (*AMOUNT_LIST_KEYS[2:], *COUNT_LIST_KEYS)
TEXT_LIST_KEYS = ("categories", "neighborhoods")
LIST_COLUMNS = ("category", "beneficiaries", "vote", "points")
