META
key;value
budget;1,5
vote_type;approval
PROJECTS
cost;project_id
VOTES
vote;points;voter_id