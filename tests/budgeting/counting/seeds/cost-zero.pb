META
key;value
budget;0
vote_type;approval
PROJECTS
project_id;cost;target

0;0
VOTES
vote;points;voter_id