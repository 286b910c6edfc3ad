META
key;value
budget;19893678504138482188469565179035648
vote_type;approval
PROJECTS
project_id;cost;district
VOTES
vote;points;voter_id