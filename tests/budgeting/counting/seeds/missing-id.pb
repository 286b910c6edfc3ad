META
key;value
budget;0
vote_type;approval
PROJECTS
cost;project_id

0
VOTES
vote;points;voter_id
