META
key;value
budget;1
vote_type;approval
PROJECTS
project_id;cost;target
VOTES
vote;points;voter_id